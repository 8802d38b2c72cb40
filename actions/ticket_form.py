"""The ticket form in Rasa: `validate_ticket_form` hears each answer and asks the next question.

Rasa calls it when the form begins, at each message while it is active, and when it comes back after a question was
answered in between. A message that is no answer fills no slot; Rasa then rejects the form and a rule answers.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.scene import Scene, report, say, understanding
from actions.services import services
from actions.slots import PREFIX, REQUESTED, TICKET_FORM, emptied, kept
from jawab.support.conversations.message import Draft
from jawab.support.forms.answers import Heard, Problem
from jawab.support.forms.ticket_form import Field, TicketForm

# What the report says of an answer to a form: no intent was looked for.
ANSWERED = {
    "intent": None,
    "intents": [],
    "confidence": 0.0,
    "outcome": "form",
    "candidates": [],
}


class ValidateTicketForm(Action):
    """Hears the answer to the form's question, says what is wrong with it, asks the next one."""

    def name(self) -> str:
        """Return the name by which Rasa finds the form's validation."""
        return f"validate_{TICKET_FORM}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Return the form's slots; nothing when the message was not for the form."""
        scene = Scene.of(tracker, services())
        if scene.asked is None:
            return _begin(dispatcher, Scene.opening(tracker, services()))
        if scene.returning:
            return _ask(dispatcher, scene, scene.form)
        answer = scene.hearing.hear(scene.form, scene.asked, scene.said)
        if answer.heard is Heard.ELSEWHERE:
            return []
        if answer.heard is Heard.STOPPED:
            return [*emptied(), SlotSet(REQUESTED, None)]
        report(dispatcher, scene, **ANSWERED)
        if answer.problem is not None:
            return _tell(dispatcher, scene, scene.asked, answer.form, answer.problem)
        return _ask(dispatcher, scene, answer.form)


def _begin(dispatcher: CollectingDispatcher, scene: Scene) -> list[EventType]:
    """Put in what is known already and ask the first question; an unfinished form goes on where it was left."""
    resumed = scene.unfinished
    form = scene.begin(scene.form if resumed else TicketForm(reason=scene.form.reason))
    wished = scene.said.button.get("about")
    if wished in scene.services.topics.by_id:
        form = form.with_value(Field.TOPIC, wished, scene.services.topics)
    if resumed:
        say(dispatcher, Draft(scene.talk.say("form_resumed"), scene.lang))
    elif not scene.explained:
        say(dispatcher, Draft(scene.talk.say("open_ticket"), scene.lang))
    report(dispatcher, scene, **understanding(scene.turn))
    return [SlotSet("language", scene.lang.value), *_ask(dispatcher, scene, form)]


def _ask(dispatcher: CollectingDispatcher, scene: Scene, form: TicketForm) -> list[EventType]:
    field = form.next_field(scene.services.topics)
    if field is None:
        return [*kept(form), SlotSet(REQUESTED, None)]
    say(dispatcher, scene.talk.ask(form, field))
    return _waiting(dispatcher, scene, form, field)


def _tell(
    dispatcher: CollectingDispatcher,
    scene: Scene,
    asked: Field,
    form: TicketForm,
    problem: Problem,
) -> list[EventType]:
    """Say what is wrong; that asks again."""
    say(dispatcher, scene.talk.wrong(form, asked, problem))
    return _waiting(dispatcher, scene, form, asked)


def _waiting(
    dispatcher: CollectingDispatcher, scene: Scene, form: TicketForm, field: Field
) -> list[EventType]:
    report(dispatcher, scene, form=scene.talk.shape(form, field))
    return [*kept(form), SlotSet(REQUESTED, PREFIX + field.value)]
