"""The statements about tickets, each on a connection whose transaction the caller holds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, insert, or_, select, update
from sqlalchemy.engine import Connection

from jawab.support.deliveries import notices, outbox
from jawab.support.errors import ClientIdReused, UnknownTicket
from jawab.support.prepared import Prepared
from jawab.support.search import filing as search_filing
from jawab.support.tables import ticket_events, tickets
from jawab.support.tickets.rows import from_event, to_ticket
from jawab.support.tickets.ticket import NOTHING, SHOPPER, Happening, NewTicket, Ticket, TicketEvent

_ASLEEP = Prepared(
    select(tickets)
    .where(
        tickets.c.conversation_id == bindparam("conversation"), tickets.c.snoozed_until.is_not(None)
    )
    .with_for_update()
)


def find_ticket(connection: Connection, reference: str, *, lock: bool = False) -> Ticket:
    """The ticket with this reference, or `UnknownTicket`; `lock` holds others off until the commit."""
    query = select(tickets).where(tickets.c.reference == reference)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise UnknownTicket("there is no ticket with this reference")
    return to_ticket(row)


def keep_ticket(connection: Connection, changed: Ticket, *, at: datetime) -> None:
    """Write what has changed of a ticket that is locked; its version grows."""
    values = {
        "state": changed.state.value,
        "assignee": changed.assignee,
        "queue": changed.queue.value,
        "priority": int(changed.priority),
        "due_at": changed.due_at,
        "merged_into": changed.merged_into,
        "snoozed_until": changed.snoozed_until,
        "updated_at": at,
        "version": changed.version + 1,
    }
    here = tickets.c.reference == changed.reference
    connection.execute(update(tickets).where(here).values(values))


def going_on(connection: Connection, ticket: Ticket, *, lock: bool = False) -> Ticket:
    """The ticket, or the one that goes on in its place where it was a double."""
    while ticket.merged_into is not None:
        ticket = find_ticket(connection, ticket.merged_into, lock=lock)
    return ticket


def wake(connection: Connection, asleep: Ticket, *, who: str, at: datetime) -> None:
    """Bring a ticket back into the queue, with a line that says so."""
    awake = asleep.awake()
    keep_ticket(connection, awake, at=at)
    write_down(connection, awake, Happening.AWOKE, who, at)


def wake_for(connection: Connection, conversation_id: str, *, at: datetime) -> None:
    """Bring the tickets of a conversation back into the queue: its shopper has written."""
    for row in _ASLEEP.all(connection, {"conversation": conversation_id}):
        wake(connection, to_ticket(row), who=SHOPPER, at=at)


def opened_before(connection: Connection, new: NewTicket) -> Ticket | None:
    """The ticket that the same message, or the same form, has opened; `ClientIdReused` for a form of other words."""
    if new.message_id is not None:
        which = tickets.c.message_id == new.message_id
    elif new.client_id is not None:
        which = and_(
            tickets.c.conversation_id == new.conversation_id,
            tickets.c.client_id == new.client_id,
        )
    else:
        return None
    row = connection.execute(select(tickets).where(which)).first()
    found = to_ticket(row) if row else None
    if found is not None and new.message_id is None and found.message != new.message:
        raise ClientIdReused("a client_id belongs to one ticket; make a new one")
    return found


def write_down(
    connection: Connection,
    ticket: Ticket,
    what: Happening,
    who: str,
    at: datetime,
    data: Mapping[str, Any] = NOTHING,
) -> None:
    """Add a line to a ticket's history, and to the outbox what it gives rise to."""
    event = TicketEvent(ticket.reference, who, at, what, data)
    made = connection.execute(insert(ticket_events).values(from_event(event)))
    event_id = made.inserted_primary_key[0]
    search_filing.of_event(connection, ticket, event, event_id)
    outbox.put(connection, notices.of_ticket(ticket, event, event_id))


def behind(last: Ticket) -> Any:
    """What comes after this ticket in the order of `search`."""
    return or_(
        tickets.c.priority < int(last.priority),
        and_(tickets.c.priority == int(last.priority), tickets.c.due_at > last.due_at),
        and_(
            tickets.c.priority == int(last.priority),
            tickets.c.due_at == last.due_at,
            tickets.c.reference > last.reference,
        ),
    )
