"""A form as Rasa drives it, without Rasa: slots, the requested one, the active loop, what is said."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from .action_server import Server, understood

REJECTED = {"event": "action_execution_rejected", "name": "ticket_form"}


@dataclass
class Dialogue:
    """One shopper's conversation with the actions."""

    server: Server
    metadata: dict[str, Any] = field(default_factory=dict)
    lang: str = "fa"
    slots: dict[str, Any] = field(default_factory=dict)
    loop: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    followup: str | None = None
    responses: list[dict[str, Any]] = field(default_factory=list)

    def run(self, action: str, message: dict[str, Any], **scene: Any) -> Dialogue:
        """Let one action run and keep what it did."""
        turn = self.server.run(
            action, message=message, slots=self.slots, loop=self.loop, before=self.events, **scene
        )
        self.responses, self.followup = turn.responses, None
        for event in turn.events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            if event["event"] == "active_loop":
                self.loop = event["name"]
            if event["event"] == "followup":
                self.followup = event["name"]
        self.rejected = not turn.events
        return self

    def message(self, text: str = "…", *intents: str, **more: Any) -> dict[str, Any]:
        """What a shopper wrote, as it was understood."""
        entities = more.pop("entities", [])
        outcome = "answered" if intents else "not_understood"
        metadata = {**self.metadata, **more}
        found = understood(*intents, outcome=outcome, lang=self.lang, **metadata)
        return {**found, "text": text, "entities": entities}

    def begin(self, *intents: str, form: str = "ticket_form", **more: Any) -> Dialogue:
        """Let a form begin."""
        self.slots["requested_slot"] = None
        self.run(f"validate_{form}", self.message("…", *(intents or ("open_ticket",)), **more))
        self.loop = form
        self.events.append({"event": "active_loop", "name": form, "timestamp": time.time()})
        return self

    def pause(self, hours: float) -> Dialogue:
        """Let a Rasa session end: the slots stay, the active form does not."""
        self.loop = None
        for event in self.events:
            event["timestamp"] = event.get("timestamp", 0) - hours * 3600
        return self

    def say(self, text: str, *intents: str, **more: Any) -> Dialogue:
        """Answer the active form."""
        return self.run(f"validate_{self.loop}", self.message(text, *intents, **more))

    def back(self, *intents: str) -> Dialogue:
        """Let the form come back after a question was answered in between."""
        return self.run(f"validate_{self.loop}", self.message("…", *intents), during=[REJECTED])

    def close(self, **more: Any) -> Dialogue:
        """Let the action run that follows the form's end."""
        self.loop = None
        return self.run("action_close_ticket_form", self.message("بله", "affirm", **more))

    @property
    def said(self) -> list[str]:
        """The texts of the last action."""
        return [r["text"] for r in self.responses if r.get("text")]

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """The buttons under the last text."""
        return [r for r in self.responses if r.get("text")][-1]["buttons"]

    @property
    def report(self) -> dict[str, Any]:
        """What the desk reads of the last action."""
        found: dict[str, Any] = {}
        for response in self.responses:
            found.update(response.get("custom") or {})
        return found

    @property
    def asked(self) -> str | None:
        """What the form asks for now."""
        requested = self.slots.get("requested_slot")
        return requested.split("_", 1)[1] if requested else None
