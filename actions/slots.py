"""The ticket form as Rasa keeps it: one slot for each answer."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from jawab.support.forms.ticket_form import TicketForm

TICKET_FORM, STATUS_FORM = "ticket_form", "status_form"
REQUESTED = "requested_slot"
PREFIX = "ticket_"


def form_of(tracker: Tracker) -> TicketForm:
    """Return the form with the answers so far."""
    slots = tracker.slots
    return TicketForm.of(
        {name.removeprefix(PREFIX): slots[name] for name in slots if name.startswith(PREFIX)}
    )


def kept(form: TicketForm) -> list[EventType]:
    """Return the events that keep the form."""
    return [SlotSet(PREFIX + name, value) for name, value in form.as_values().items()]


def emptied() -> list[EventType]:
    """Return the events that forget all answers."""
    return [SlotSet(PREFIX + name, None) for name in TicketForm().as_values()]


def left() -> list[EventType]:
    """Return the events that end whichever form is active, and forget its answers."""
    return [*emptied(), SlotSet(REQUESTED, None), ActiveLoop(None)]
