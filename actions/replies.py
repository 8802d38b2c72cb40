"""The actions. Which one runs is decided by the rules of data/dialogue; what is said, by jawab."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services, services
from actions.slots import TICKET_FORM, form_of, left
from jawab.support.handovers.handover import Reason
from jawab.text.language import Lang
from jawab.understanding.decision import Candidate, Decision, Outcome, still_known
from jawab.understanding.followup import Topic, in_context, remembered
from jawab.understanding.reply import Reply, Turn, reply


class ReplyAction(Action, ABC):
    """Says jawab's reply to the latest message. Subclasses give it the names that rules speak of."""

    @abstractmethod
    def name(self) -> str:
        """Return the name the domain knows (rasa-sdk's interface)."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Utter the reply; remember the language, the topic and how often in a row nothing was understood."""
        return answer_to(dispatcher, tracker)


class ActionAnswerFaq(ReplyAction):
    """Answers a question from the shop's FAQ."""

    def name(self) -> str:
        """Return the name the domain knows."""
        return "action_answer_faq"


class ActionConverse(ReplyAction):
    """Greets, thanks, helps, changes the language, declines what is out of scope."""

    def name(self) -> str:
        """Return the name the domain knows."""
        return "action_converse"


def answer_to(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Say jawab's reply to the latest message and return what is remembered.

    A ticket form that the bot began by itself, because it did not understand, and in which nothing was answered yet, gives
    way to a question that it does understand.
    """
    knowledge = services().knowledge
    topic = Topic.read(tracker.get_slot("topic"))
    turn = turn_in_context(tracker, services())
    answer = reply(turn, knowledge=knowledge)
    utter(dispatcher, answer, turn, tracker.latest_message.get("metadata") or {})
    kept = remembered(turn, topic, knowledge)
    events = [
        SlotSet("language", answer.lang.value),
        SlotSet("misunderstood", answer.misunderstood),
        SlotSet("topic", kept.written() if kept else None),
    ]
    form = form_of(tracker)
    unwanted = form.reason is Reason.MISUNDERSTOOD and not form.begun
    if tracker.active_loop_name == TICKET_FORM and unwanted:
        return [*events, *left()]
    return events


def turn_in_context(tracker: Tracker, given: Services) -> Turn:
    """Read the latest message in the light of the question that was answered last."""
    return in_context(
        turn_of(tracker, given),
        sides=_sides(tracker.latest_message),
        topic=Topic.read(tracker.get_slot("topic")),
        knowledge=given.knowledge,
    )


def turn_of(tracker: Tracker, given: Services) -> Turn:
    """Read the latest message's understanding, and the desk's metadata, from the tracker."""
    message = tracker.latest_message
    metadata = message.get("metadata") or {}
    decision = still_known(
        _decision(message.get("decision")), {*given.knowledge.questions, *given.knowledge.acts}
    )
    shop, button = metadata.get("shop"), metadata.get("button")
    # `rasa shell` sends no metadata: the first shop answers, and the slot remembers the language.
    languages = (message.get("lang"), metadata.get("lang"), tracker.get_slot("language"))
    return Turn(
        text=message.get("text") or "",
        lang=next((lang for named in languages for lang in Lang if lang.value == named), Lang.FA),
        outcome=decision.outcome,
        intents=decision.intents,
        shop=shop if shop in given.knowledge.shops else given.default_shop,
        now=given.clock(),
        confidence=float((message.get("intent") or {}).get("confidence") or 0.0),
        candidates=tuple(
            Candidate(c["name"], float(c["confidence"]))
            for c in message.get("intent_ranking") or ()
        ),
        button=button if isinstance(button, dict) else {},
        misunderstood=int(tracker.get_slot("misunderstood") or 0),
    )


def _sides(message: Mapping[str, Any]) -> frozenset[str] | None:
    """Read which sides of an unsaid topic the message asks for; None when it stands by itself."""
    written = message.get("sides")
    return frozenset(map(str, written)) if isinstance(written, list) else None


def _decision(written: Any) -> Decision:
    """Read the decision as jawab.nlu wrote it; one that cannot be read is none, since every turn says something."""
    try:
        outcome, intents = Outcome(written["outcome"]), tuple(map(str, written["intents"]))
    except (LookupError, TypeError, ValueError):
        return Decision(Outcome.NOT_UNDERSTOOD, ())
    return Decision(outcome, intents)


def utter(
    dispatcher: CollectingDispatcher, answer: Reply, turn: Turn, metadata: dict[str, Any]
) -> None:
    """Send the messages, and what happened as the reply's ``custom`` for the desk."""
    for utterance in answer.utterances:
        dispatcher.utter_message(
            # Rasa's REST channel would cut a text at its blank lines.
            text="\n".join(line for line in utterance.text.splitlines() if line.strip()),
            # Rasa's shell sends the payload as text, and a title is understood like any question.
            buttons=[
                {"title": button.title, "payload": button.title, **button.meaning}
                for button in utterance.buttons
            ],
        )
    dispatcher.utter_message(
        json_message={
            "message_id": metadata.get("message_id"),
            "lang": answer.lang.value,
            "intent": next(iter(turn.answered), None),
            "intents": list(turn.answered),
            "follows": turn.follows,
            "confidence": turn.confidence,
            "outcome": turn.outcome.value,
            "candidates": [
                {"intent": c.intent, "confidence": c.confidence} for c in turn.candidates[:3]
            ],
        }
    )
