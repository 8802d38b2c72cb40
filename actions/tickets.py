"""Opening a ticket once its form is confirmed, and telling how tickets stand."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.scene import Scene, report, say, understanding
from actions.services import services
from actions.slots import PREFIX, REQUESTED, STATUS_FORM, TICKET_FORM, emptied, form_of
from jawab.support.conversations.message import Draft
from jawab.support.forms.ticket_form import Field, TicketForm
from jawab.support.handovers.handover import Reason
from jawab.support.tickets.merged_words import merged_words
from jawab.support.tickets.priority import priority_of
from jawab.support.tickets.promise import due_at, told
from jawab.support.tickets.status import worth_telling
from jawab.support.tickets.ticket import UNSOLVED, NewTicket, Origin, Ticket

log = logging.getLogger(__name__)


class ActionCloseTicketForm(Action):
    """Opens the ticket when the form ended confirmed; says that it was stopped when it did not."""

    def name(self) -> str:
        """Return the name the domain knows."""
        return "action_close_ticket_form"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Open the ticket; while the database is away the form waits at its last question."""
        scene = Scene.of(tracker, services())
        form = form_of(tracker)
        if not form.confirmed:
            say(dispatcher, Draft(scene.talk.say("form_stopped"), scene.lang))
            report(dispatcher, scene, **understanding(scene.turn))
            return emptied()
        try:
            ticket = _open(scene, form)
        except SQLAlchemyError as error:
            log.error("ticket.not_opened problem=%s", type(error).__qualname__)
            say(dispatcher, Draft(scene.talk.say("form_store_away"), scene.lang))
            again = form.without(Field.CONFIRMED)
            report(dispatcher, scene, form=scene.talk.shape(again, Field.CONFIRMED))
            return [
                SlotSet(PREFIX + Field.CONFIRMED.value, None),
                SlotSet(REQUESTED, PREFIX + Field.CONFIRMED.value),
                ActiveLoop(TICKET_FORM),
                FollowupAction("action_listen"),
            ]
        promised = told(scene.shop, ticket.due_at, scene.lang)
        text = scene.talk.say("desk_ticket_opened", reference=ticket.reference, promised=promised)
        say(dispatcher, Draft(text, scene.lang))
        report(dispatcher, scene, ticket={"reference": ticket.reference})
        return emptied()


class ActionTicketStatus(Action):
    """Tells how the tickets of this conversation stand, and those of the person's others that may be told here; asks for a
    reference where there are none.
    """

    def name(self) -> str:
        """Return the name the domain knows."""
        return "action_ticket_status"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Tell the tickets, or let the form for a ticket's state begin."""
        scene = Scene.opening(tracker, services())
        remembered = SlotSet("language", scene.lang.value)
        conversation = scene.conversation_id
        try:
            found = _theirs(scene, conversation) if conversation else ()
        except SQLAlchemyError as error:
            log.error("ticket.not_read problem=%s", type(error).__qualname__)
            found = ()
        if not found:
            return [remembered, FollowupAction(STATUS_FORM)]
        lines = [
            scene.talk.say("ticket_status_lines"),
            *(_line(scene, t) for t in worth_telling(found)),
        ]
        say(dispatcher, Draft("\n".join(lines), scene.lang))
        report(dispatcher, scene, **understanding(scene.turn))
        return [remembered]


def _theirs(scene: Scene, conversation: str) -> tuple[Ticket, ...]:
    told = scene.services.persons.told_to(conversation)
    return scene.services.tickets.of_conversations(told)


def state_of(scene: Scene, ticket: Ticket) -> Draft:
    """How one ticket stands, in words."""
    return Draft(_line(scene, ticket), scene.lang)


def _line(scene: Scene, ticket: Ticket) -> str:
    """How a ticket stands; one that was merged is told of by the one that goes on."""
    goes_on = scene.services.tickets.going_on(ticket)
    line = _own_line(scene, goes_on)
    return line if goes_on is ticket else f"{merged_words(ticket, goes_on, scene.lang)}\n{line}"


def _own_line(scene: Scene, ticket: Ticket) -> str:
    topic = scene.services.topics.by_id.get(ticket.topic)
    values = {
        "reference": ticket.reference,
        "state": scene.talk.say(f"desk_ticket_state_{ticket.state.value}"),
        "topic": topic.title[scene.lang] if topic else ticket.topic,
    }
    if ticket.state not in UNSOLVED:
        return scene.talk.say("ticket_status_line", **values)
    promised = told(scene.shop, ticket.due_at, scene.lang)
    return scene.talk.say("ticket_status_line_due", promised=promised, **values)


def _open(scene: Scene, form: TicketForm) -> Ticket:
    topic = scene.services.topics.find(form.topic or "")
    signals = scene.services.signals.of(
        scene.conversation_id,
        shop=scene.shop.id,
        email=form.email or None,
        phone=form.phone or None,
    )
    new = NewTicket(
        shop=scene.shop.id,
        lang=scene.lang,
        topic=topic.id,
        subtopic=form.subtopic or None,
        queue=topic.queue,
        name=form.name or "",
        message=form.message or "",
        email=form.email or None,
        phone=form.phone or None,
        order_number=form.order_number or None,
        attachments=form.files or (),
        conversation_id=scene.conversation_id,
        message_id=scene.message_id,
        origin=Origin.CONVERSATION,
        priority=priority_of(replace(signals, angry=signals.angry or form.reason is Reason.ANGRY)),
        at=scene.turn.now,
    )
    ticket = scene.services.tickets.open(new, due_at=due_at(scene.shop, topic.queue, new.at))
    log.info("ticket.opened ticket=%s", ticket.reference)
    return ticket
