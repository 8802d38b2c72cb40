"""Between rows of `tickets` and `ticket_events` and their values."""

from typing import Any

from jawab.support.texts import storable, storable_values
from jawab.support.tickets.ticket import (
    Happening,
    NewTicket,
    Origin,
    Priority,
    Queue,
    Ticket,
    TicketEvent,
    TicketState,
)
from jawab.text.language import Lang


def to_ticket(row: Any) -> Ticket:
    """A row of `tickets`."""
    return Ticket(
        reference=row.reference,
        shop=row.shop,
        lang=Lang(row.lang),
        topic=row.topic,
        subtopic=row.subtopic,
        queue=Queue(row.queue),
        name=row.name,
        email=row.email,
        phone=row.phone,
        order_number=row.order_number,
        message=row.message,
        attachments=tuple(row.attachments),
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        client_id=row.client_id,
        origin=Origin(row.origin),
        priority=Priority(row.priority),
        at=row.opened_at,
        state=TicketState(row.state),
        assignee=row.assignee,
        due_at=row.due_at,
        updated_at=row.updated_at,
        version=row.version,
        merged_into=row.merged_into,
        snoozed_until=row.snoozed_until,
    )


def from_new(new: NewTicket) -> dict[str, Any]:
    """The values of a new row of `tickets`, but for its reference and when it is due."""
    return {
        "message_id": new.message_id,
        "conversation_id": new.conversation_id,
        "client_id": new.client_id,
        "shop": new.shop,
        "lang": new.lang.value,
        "topic": new.topic,
        "subtopic": new.subtopic,
        "name": storable(new.name),
        "email": new.email,
        "phone": new.phone,
        "order_number": new.order_number,
        "message": storable(new.message),
        "attachments": list(new.attachments),
        "origin": new.origin.value,
        "priority": int(new.priority),
        "queue": new.queue.value,
        "state": TicketState.NEW.value,
        "assignee": None,
        "opened_at": new.at,
        "updated_at": new.at,
        "version": 1,
    }


def to_event(row: Any) -> TicketEvent:
    """A row of `ticket_events`."""
    return TicketEvent(row.reference, row.who, row.at, Happening(row.what), row.data)


def from_event(event: TicketEvent) -> dict[str, Any]:
    """The values of a row of `ticket_events`."""
    return {
        "reference": event.reference,
        "who": event.who,
        "at": event.at,
        "what": event.what.value,
        "data": storable_values(dict(event.data)),
    }
