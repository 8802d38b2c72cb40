"""The form for a ticket's state: a reference, and the phone number or e-mail address that was given with it."""

from __future__ import annotations

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.scene import Scene, report, say, understanding
from actions.services import services
from actions.slots import REQUESTED, STATUS_FORM
from actions.ticket_form import ANSWERED
from actions.tickets import state_of
from jawab.support.conversations.message import Draft
from jawab.support.errors import TooManyGuesses, UnknownTicket
from jawab.support.forms import words as form_words
from jawab.support.forms.answers import STOP
from jawab.support.tickets.status import MOST_TRIES, Query
from jawab.support.tickets.ticket import Ticket

REFERENCE, CONTACT, TRIES = "status_reference", "status_contact", "status_tries"

log = logging.getLogger(__name__)


class ValidateStatusForm(Action):
    """Hears reference and contact, in one message or in two, and tells how the ticket stands."""

    def name(self) -> str:
        """Return the name by which Rasa finds the form's validation."""
        return f"validate_{STATUS_FORM}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Return the form's slots; nothing when the message was not for the form."""
        if tracker.get_slot(REQUESTED) not in (REFERENCE, CONTACT):
            scene = Scene.opening(tracker, services())
            report(dispatcher, scene, **understanding(scene.turn))
            return _go_on(dispatcher, scene, Query().with_text(scene.turn.text, scene.lang), 0)
        scene, before = Scene.of(tracker, services()), _query_of(tracker)
        tries = int(tracker.get_slot(TRIES) or 0)
        if scene.returning:
            return _go_on(dispatcher, scene, before, tries)
        if scene.said.act == STOP or form_words.ends(scene.turn.text):
            report(dispatcher, scene, **ANSWERED)
            return _end(dispatcher, scene, "stop")
        query = before.with_text(scene.turn.text, scene.turn.lang)
        if query == before and _belongs_elsewhere(scene):
            return []
        report(dispatcher, scene, **ANSWERED)
        if query == before:
            asked = tracker.get_slot(REQUESTED)
            wrong = "unreadable_reference" if asked == REFERENCE else "ticket_contact_missing"
            say(dispatcher, Draft(scene.talk.say(f"error_{wrong}"), scene.lang))
        return _go_on(dispatcher, scene, query, tries)


def _go_on(
    dispatcher: CollectingDispatcher, scene: Scene, query: Query, tries: int
) -> list[EventType]:
    if query.slip:
        say(dispatcher, Draft(scene.talk.say("error_wrong_check_sign"), scene.lang))
    if query.complete:
        found = _look_up(scene, query)
        if found is not None:
            say(dispatcher, state_of(scene, found))
            return _ended(scene)
        tries += 1
        if tries >= MOST_TRIES:
            return _end(dispatcher, scene, "ticket_status_gave_up")
        say(dispatcher, Draft(scene.talk.say("error_unknown_ticket"), scene.lang))
        query = Query()
    asked, key = CONTACT, "ticket_status_contact"
    if query.reference is None:
        asked, key = REFERENCE, "ticket_status"
    say(dispatcher, Draft(scene.talk.say(key), scene.lang))
    return [*_kept(scene, query, tries), SlotSet(REQUESTED, asked)]


def _look_up(scene: Scene, query: Query) -> Ticket | None:
    """The ticket, when it is theirs; one that is not, and one that does not exist, are the same."""
    limits = {f"ticket {query.reference}": scene.services.guesses_per_ticket}
    try:
        scene.services.guesses.attempt(limits)
        ticket = scene.services.tickets.find(query.reference or "")
    except (TooManyGuesses, UnknownTicket):
        return None
    except SQLAlchemyError as error:
        log.error("ticket.not_read problem=%s", type(error).__qualname__)
        return None
    if not query.may_see(ticket):
        return None
    scene.services.guesses.right(limits)
    return ticket


def _belongs_elsewhere(scene: Scene) -> bool:
    said = scene.said
    acts = {*form_words.INTERRUPTING, "open_ticket"} - {"ticket_status"}
    return bool(said.button) or said.question or said.act in acts


def _query_of(tracker: Tracker) -> Query:
    contact = tracker.get_slot(CONTACT)
    by_mail = isinstance(contact, str) and "@" in contact
    return Query(
        reference=tracker.get_slot(REFERENCE),
        phone=None if by_mail else contact,
        email=contact if by_mail else None,
    )


def _kept(scene: Scene, query: Query, tries: int) -> list[EventType]:
    return [
        SlotSet("language", scene.lang.value),
        SlotSet(REFERENCE, query.reference),
        SlotSet(CONTACT, query.phone or query.email),
        SlotSet(TRIES, tries),
    ]


def _end(dispatcher: CollectingDispatcher, scene: Scene, key: str) -> list[EventType]:
    say(dispatcher, Draft(scene.talk.say(key), scene.lang))
    return _ended(scene)


def _ended(scene: Scene) -> list[EventType]:
    return [*_kept(scene, Query(), 0), SlotSet(REQUESTED, None)]
