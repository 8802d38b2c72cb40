"""What an action finds when it is called, read once from Rasa's tracker and the desk's metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import turn_of
from actions.services import Services
from actions.slots import PREFIX, REQUESTED, TICKET_FORM, form_of
from jawab.knowledge import Shop
from jawab.support.conversations.message import Draft
from jawab.support.forms.answers import Hearing, Said
from jawab.support.forms.talk import FormTalk
from jawab.support.forms.ticket_form import Field, TicketForm
from jawab.text.language import Lang
from jawab.understanding.reply import Turn

# How far back an order number, a phone or a question is looked for.
_LOOK_BACK = 40
# How long a form that was left may be gone on with.
_KEPT = timedelta(days=1)
_EXPLAINING = frozenset(("action_escalate", "action_default_fallback"))


@dataclass(frozen=True)
class Scene:
    """One call of an action. `lang` is the conversation's language: an answer such as a name or a number has none."""

    tracker: Tracker
    services: Services
    turn: Turn
    lang: Lang

    @classmethod
    def of(cls, tracker: Tracker, services: Services) -> Scene:
        """Read the tracker in the middle of a form."""
        turn = turn_of(tracker, services)
        remembered = tracker.get_slot("language")
        lang = next((each for each in Lang if each.value == remembered), turn.lang)
        return cls(tracker, services, turn, lang)

    @classmethod
    def opening(cls, tracker: Tracker, services: Services) -> Scene:
        """Read the tracker where the latest message tells the language."""
        turn = turn_of(tracker, services)
        return cls(tracker, services, turn, turn.lang)

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What the desk sent along; empty in `rasa shell`."""
        found = self.tracker.latest_message.get("metadata")
        return found if isinstance(found, dict) else {}

    @property
    def shop(self) -> Shop:
        """The profile of the conversation's shop."""
        return self.services.knowledge.shop(self.turn.shop)

    @property
    def conversation_id(self) -> str | None:
        """The desk's conversation; None where the desk is not asking."""
        return self.tracker.sender_id if self.message_id is not None else None

    @property
    def message_id(self) -> int | None:
        """The desk's id of the shopper's message."""
        given = str(self.metadata.get("message_id") or "")
        return int(given) if given.isdigit() else None

    @property
    def present(self) -> int | None:
        """How many agents are there; None where nobody counts them."""
        agents = self.metadata.get("agents")
        present = agents.get("present") if isinstance(agents, dict) else None
        return present if isinstance(present, int) else None

    @property
    def talk(self) -> FormTalk:
        """The form's words."""
        return FormTalk(
            self.services.knowledge, self.services.topics, self.turn.shop, self.lang, self.turn.now
        )

    @property
    def hearing(self) -> Hearing:
        """How answers are read at this shop."""
        return Hearing(self.services.topics, self.shop.order_number.pattern)

    @property
    def said(self) -> Said:
        """The latest message as a form hears it."""
        answered = next(iter(self.turn.answered), None)
        files = self.metadata.get("attachments")
        return Said(
            text=self.turn.text,
            lang=self.turn.lang,
            act=answered,
            question=answered in self.services.knowledge.questions,
            button=self.turn.button,
            files=tuple(map(str, files)) if isinstance(files, list) else (),
        )

    @property
    def form(self) -> TicketForm:
        """The ticket form as the slots hold it."""
        return form_of(self.tracker)

    @property
    def unfinished(self) -> bool:
        """Whether the form was left without an end within the last day, as a Rasa session's end leaves it."""
        begun = [
            float(event.get("timestamp") or 0)
            for event in self.tracker.events
            if event.get("event") == "active_loop" and event.get("name") == TICKET_FORM
        ]
        if not begun or not self.form.begun:
            return False
        return self.turn.now.timestamp() - begun[-1] < _KEPT.total_seconds()

    @property
    def asked(self) -> Field | None:
        """The question of the ticket form that the latest message came after."""
        asked = str(self.tracker.get_slot(REQUESTED) or "").removeprefix(PREFIX)
        return next((field for field in Field if field.value == asked), None)

    @property
    def returning(self) -> bool:
        """Whether a form comes back after the message was answered elsewhere."""
        return any(
            event.get("event") == "action_execution_rejected" for event in self._events_of_turn()
        )

    @property
    def explained(self) -> bool:
        """Whether another action of this turn has said already why the form begins."""
        return any(
            event.get("event") == "action" and event.get("name") in _EXPLAINING
            for event in self._events_of_turn()
        )

    def begin(self, form: TicketForm) -> TicketForm:
        """The form with all that is known before anything is asked: from earlier tickets, and from what was said."""
        known = self.metadata.get("known")
        begun = form.with_earlier(_whose(known)) if isinstance(known, dict) else form
        questions = self.services.knowledge.questions
        for said in self._said_before():
            begun = begun.with_known(_entities(said))
            question = questions.get(str(said.get("faq_id")))
            if begun.guess is None and question is not None:
                begun = begun.with_guess(
                    self.services.topics.suggested(question.id, question.topic)
                )
        return begun

    def _said_before(self) -> list[Mapping[str, Any]]:
        """How the shopper's messages were understood, the latest first."""
        users = [event for event in self.tracker.events if event.get("event") == "user"]
        parsed = [event.get("parse_data") for event in reversed(users[-_LOOK_BACK:])]
        return [each for each in parsed if isinstance(each, dict)]

    def _events_of_turn(self) -> Sequence[Mapping[str, Any]]:
        events = self.tracker.events
        last = max((n for n, e in enumerate(events) if e.get("event") == "user"), default=0)
        return events[last:]


def say(dispatcher: CollectingDispatcher, draft: Draft) -> None:
    """Utter a message with its buttons."""
    dispatcher.utter_message(
        text="\n".join(line for line in draft.text.splitlines() if line.strip()),
        buttons=[
            {"title": choice.title, "payload": choice.title, **choice.meaning}
            for choice in draft.choices
        ],
    )


def report(dispatcher: CollectingDispatcher, scene: Scene, **happened: Any) -> None:
    """Tell the desk what happened, beside what is said."""
    dispatcher.utter_message(
        json_message={
            "message_id": scene.metadata.get("message_id"),
            "lang": scene.lang.value,
            **happened,
        }
    )


def understanding(turn: Turn) -> dict[str, Any]:
    """How the latest message was understood, for the report."""
    return {
        "intent": next(iter(turn.answered), None),
        "intents": list(turn.answered),
        "confidence": turn.confidence,
        "outcome": turn.outcome.value,
        "candidates": [
            {"intent": c.intent, "confidence": c.confidence} for c in turn.candidates[:3]
        ],
    }


def _whose(known: Mapping[str, Any]) -> dict[str, Any]:
    """Who the shopper is; another ticket's order is not this one's."""
    return {field: known[field] for field in ("name", "phone", "email") if field in known}


def _entities(said: Mapping[str, Any]) -> dict[str, Any]:
    found = said.get("entities")
    entities = found if isinstance(found, list) else []
    return {str(e.get("entity")): e.get("value") for e in entities if isinstance(e, dict)}
