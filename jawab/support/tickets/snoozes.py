"""Tickets that are put off, in SQL: out of the queue until a time, or until the shopper writes (`append` of `jawab.support.conversations.statements`)."""

from datetime import datetime

from sqlalchemy import select

from jawab.support.database import Database
from jawab.support.errors import StaleTicket
from jawab.support.tables import tickets
from jawab.support.tickets.statements import find_ticket, keep_ticket, wake, write_down
from jawab.support.tickets.ticket import SYSTEM, Happening, Ticket


class SnoozeStore:
    """Puts tickets off and brings them back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def snooze(
        self,
        reference: str,
        until: datetime,
        *,
        who: str,
        at: datetime,
        expected: int | None = None,
    ) -> Ticket:
        """Put a ticket off; `IllegalTransition` where it is solved or the time is past, `StaleTicket`."""
        with self._database.writing() as connection:
            ticket = find_ticket(connection, reference, lock=True)
            if expected is not None and expected != ticket.version:
                raise StaleTicket(f"ticket {reference} was changed meanwhile; read it again")
            asleep = ticket.snoozed(until, now=at)
            keep_ticket(connection, asleep, at=at)
            data = {"until": until.isoformat()}
            write_down(connection, asleep, Happening.SNOOZED, who, at, data)
            return find_ticket(connection, reference)

    def wake(self, reference: str, *, who: str, at: datetime) -> Ticket:
        """Bring a ticket back now; nothing happens to one that is awake."""
        with self._database.writing() as connection:
            ticket = find_ticket(connection, reference, lock=True)
            if ticket.sleeps:
                wake(connection, ticket, who=who, at=at)
            return find_ticket(connection, reference)

    def wake_due(self, *, now: datetime) -> tuple[str, ...]:
        """Bring back every ticket whose time has come; their references."""
        due = select(tickets.c.reference).where(tickets.c.snoozed_until <= now)
        with self._database.reading() as connection:
            references = tuple(connection.execute(due).scalars())
        woken = []
        for reference in references:
            with self._database.writing() as connection:
                ticket = find_ticket(connection, reference, lock=True)
                if ticket.snoozed_until is not None and ticket.snoozed_until <= now:
                    wake(connection, ticket, who=SYSTEM, at=now)
                    woken.append(reference)
        return tuple(woken)
