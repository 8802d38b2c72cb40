"""The way to a person: a live hand-over where one is there, else the ticket form, with the reason and the promised time."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import answer_to, turn_in_context
from actions.scene import Scene, report, say, understanding
from actions.services import services
from actions.slots import PREFIX, TICKET_FORM, left
from jawab.knowledge import calendar
from jawab.support.conversations.message import Draft
from jawab.support.handovers import escalation
from jawab.support.handovers.escalation import Way
from jawab.support.handovers.handover import Reason
from jawab.support.tickets.promise import due_at, told
from jawab.support.tickets.ticket import Queue
from jawab.understanding.decision import Outcome

PHONE = "phone"
_REASONS = {"frustrated": Reason.ANGRY, "other_support": Reason.OTHER}


class ActionEscalate(Action):
    """Calls a person, or begins the ticket form."""

    def name(self) -> str:
        """Return the name the domain knows."""
        return "action_escalate"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Escalate for the reason the message gives; what no person was asked for is offered one."""
        scene = Scene.opening(tracker, services())
        act = scene.said.act
        if act in ("other_support", None) and "reason" not in scene.said.button:
            return answer_to(dispatcher, tracker)
        return escalate(dispatcher, scene, reason_given(scene))


class ActionDefaultFallback(Action):
    """Offers the questions that may be meant, or says that the message was not understood; the second time in a row
    a person is called.

    Rasa runs it too where no rule applies, so that every turn says something.
    """

    def name(self) -> str:
        """Return the name the domain knows."""
        return "action_default_fallback"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Reply; an answer to a form that a pause interrupted brings the form back."""
        scene = Scene.opening(tracker, services())
        lost = turn_in_context(tracker, services()).outcome is Outcome.NOT_UNDERSTOOD
        if tracker.active_loop_name is None and lost:
            if scene.unfinished:
                return [FollowupAction(TICKET_FORM)]
            if "ticket" in scene.said.button:
                return _say(dispatcher, scene, "form_over")
            if scene.said.files and not any(map(str.isalpha, scene.turn.text)):
                return _say(dispatcher, scene, "attachment_only")
            if scene.turn.misunderstood and _way(scene) is not Way.NONE:
                return escalate(dispatcher, scene, Reason.MISUNDERSTOOD)
        return answer_to(dispatcher, tracker)


def reason_given(scene: Scene) -> Reason:
    """Why a person is wished for, by the button that was pressed or by the act."""
    try:
        return Reason(scene.said.button.get("reason"))
    except ValueError:
        return _REASONS.get(scene.said.act or "", Reason.ASKED)


def escalate(dispatcher: CollectingDispatcher, scene: Scene, reason: Reason) -> list[EventType]:
    """Say what happens now, and let it happen: the desk reads the hand-over in the report, Rasa follows with the form."""
    remembered = [SlotSet("language", scene.lang.value), SlotSet("misunderstood", 0)]
    way = _way(scene)
    if way is Way.CALL:
        key = f"handover_calling_{reason.value}"
        known = scene.services.knowledge.words.texts
        _tell(dispatcher, scene, key if key in known else "handover_calling")
        report(dispatcher, scene, **understanding(scene.turn), handover={"reason": reason.value})
        return [*remembered, *left()]
    if reason is not Reason.ASKED and reason is not Reason.OTHER:
        _tell(dispatcher, scene, f"sorry_{reason.value}")
    _tell_why(dispatcher, scene, way)
    report(dispatcher, scene, **understanding(scene.turn))
    why = SlotSet(f"{PREFIX}reason", reason.value)
    if scene.tracker.active_loop_name == TICKET_FORM:
        # The form goes on by itself; asking for a person in it takes back no anger.
        return [*remembered, *([why] if reason is not Reason.ASKED else [])]
    return [*remembered, why, FollowupAction(TICKET_FORM)]


def _way(scene: Scene) -> Way:
    return escalation.way(scene.shop, scene.turn.now, present=scene.present)


def _tell_why(dispatcher: CollectingDispatcher, scene: Scene, way: Way) -> None:
    shop, now = scene.shop, scene.turn.now
    due = due_at(shop, Queue.SHOPPERS, now)
    values = {"promised": told(shop, due, scene.lang)}
    if way is Way.CLOSED:
        values["when"] = escalation.opening(shop, scene.lang, now)
    text = scene.talk.say(f"ticket_instead_{way.value}", **values)
    phone = shop.channels.get(PHONE)
    if phone is not None and phone.address and calendar.is_open(shop, PHONE, now):
        text = f"{text}\n{scene.talk.say('ticket_instead_phone')}"
    say(dispatcher, Draft(text, scene.lang))


def _say(dispatcher: CollectingDispatcher, scene: Scene, key: str) -> list[EventType]:
    _tell(dispatcher, scene, key)
    report(dispatcher, scene, **understanding(scene.turn))
    return [SlotSet("language", scene.lang.value)]


def _tell(dispatcher: CollectingDispatcher, scene: Scene, key: str) -> None:
    say(dispatcher, Draft(scene.talk.say(key), scene.lang))
