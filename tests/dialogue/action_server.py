"""The action server as a process, and the calls that Rasa makes to it."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx
import pytest
import yaml

ROOT = Path(__file__).parents[2]
MARKER = "زرافه‌نشان-giraffe-09121234567"


@dataclass
class Server:
    url: str
    log: Path
    process: subprocess.Popen[bytes]
    database_url: str

    def post(self, body) -> httpx.Response:
        # As Rasa writes it: ASCII only, lone surrogates escaped too.
        return httpx.post(
            f"{self.url}/webhook",
            content=json.dumps(body),
            headers={"Content-Type": "application/json"},
            timeout=30,
        )

    def run(self, action, **scene) -> Turn:
        answer = self.post(call(action, **scene))
        assert answer.status_code == 200, answer.text
        return Turn(**answer.json())


@dataclass
class Turn:
    """What an action returned."""

    events: list[dict]
    responses: list[dict]

    @property
    def said(self) -> list[dict]:
        return self.responses[:-1]

    @property
    def text(self) -> str:
        return self.said[0]["text"]

    @property
    def custom(self) -> dict:
        return self.responses[-1]["custom"]

    @property
    def slots(self) -> dict:
        assert {event["event"] for event in self.events} == {"slot"}
        return {event["name"]: event["value"] for event in self.events}


def wait_until_ready(running: Server) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if running.process.poll() is not None:
            pytest.fail(running.log.read_text("utf-8", "replace")[-3000:])
        try:
            if httpx.get(f"{running.url}/health", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    pytest.fail("the action server did not become ready")


numbers = count(1)


def understood(*intents, outcome="answered", asked=1, confidence=0.9, lang="fa", **metadata):
    """The latest message as jawab.nlu leaves it in Rasa's tracker; metadata is what the desk sends along."""
    decided = intents[:asked] if outcome == "answered" else intents
    faq = outcome == "answered" and intents and intents[0] not in ("greet", "help")
    name = "faq" if faq else intents[0] if outcome == "answered" and intents else "nlu_fallback"
    ranking = [
        {"name": id, "confidence": round(confidence / (n + 1), 3)} for n, id in enumerate(intents)
    ]
    return {
        "intent": {"name": name, "confidence": confidence if intents else 0.0},
        "entities": [],
        "text": MARKER,
        "message_id": "rasas-own",
        "metadata": {
            "message_id": f"m{next(numbers)}",
            "shop": "digikala",
            "lang": lang,
            **metadata,
        },
        "lang": lang,
        "text_tokens": [[0, 5]],
        "intent_ranking": ranking,
        "decision": {"outcome": outcome, "intents": list(decided)},
    }


def call(action, *, slots=None, message=None, loop=None, before=(), during=()):
    """The body that Rasa 3.6 posts to its action endpoint; `before` and `during` are events around the message's."""
    message = message or understood("greet")
    return {
        "next_action": action,
        "sender_id": "conversation-1",
        "version": "3.6.21",
        "domain": yaml.safe_load((ROOT / "domain.yml").read_text("utf-8")),
        "tracker": {
            "sender_id": "conversation-1",
            "slots": {"language": None, "misunderstood": 0, **(slots or {})},
            "latest_message": message,
            "latest_event_time": 1.0,
            "followup_action": None,
            "paused": False,
            "events": [
                *before,
                {"event": "user", "timestamp": 1.0, "text": MARKER, "parse_data": message},
                *during,
            ],
            "latest_input_channel": "rest",
            "active_loop": {"name": loop} if loop else {},
            "latest_action": {"action_name": "action_listen"},
            "latest_action_name": "action_listen",
        },
    }
