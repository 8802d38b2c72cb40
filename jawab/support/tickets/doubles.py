"""Doubled tickets in SQL: two of one shopper become one, and may be parted again. Nothing of either is lost."""

from datetime import datetime

from sqlalchemy import select

from jawab.support.database import Database
from jawab.support.errors import StaleTicket
from jawab.support.tables import ticket_events
from jawab.support.tickets.statements import find_ticket, keep_ticket, write_down
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import Happening, Ticket, TicketState


class DoubleStore:
    """Merges and splits, each in one transaction with its line in both histories."""

    def __init__(self, database: Database, tickets: TicketStore) -> None:
        self._database = database
        self._tickets = tickets

    def of(self, ticket: Ticket) -> tuple[Ticket, ...]:
        """The tickets that this one may be merged into, the latest first."""
        found = self._tickets.of_contact(shop=ticket.shop, email=ticket.email, phone=ticket.phone)
        if ticket.conversation_id is not None:
            found += self._tickets.of_conversation(ticket.conversation_id)
        others = {one.reference: one for one in found if ticket.is_double_of(one)}
        return tuple(sorted(others.values(), key=lambda one: one.opened_at, reverse=True))

    def merge(
        self, reference: str, into: str, *, who: str, at: datetime, expected: int | None = None
    ) -> Ticket:
        """Let another ticket go on in place of this one, which is over and points to it; `IllegalTransition`, `StaleTicket`."""
        with self._database.writing() as connection:
            # In the order of their references, so that two who merge the same pair crosswise wait for each other only once.
            locked = {
                each: find_ticket(connection, each, lock=True) for each in sorted({reference, into})
            }
            ticket, goal = locked[reference], locked[into]
            if expected is not None and expected != ticket.version:
                raise StaleTicket(f"ticket {reference} was changed meanwhile; read it again")
            over, goes_on = ticket.merged(goal)
            keep_ticket(connection, over, at=at)
            keep_ticket(connection, goes_on, at=at)
            data = {"into": into, "from": ticket.state.value}
            write_down(connection, over, Happening.MERGED, who, at, data)
            write_down(connection, goes_on, Happening.MERGED, who, at, {"of": reference})
            return find_ticket(connection, reference)

    def split(self, reference: str, *, who: str, at: datetime) -> Ticket:
        """Let a merged ticket stand by itself again, in the state it had; `IllegalTransition`."""
        with self._database.writing() as connection:
            ticket = find_ticket(connection, reference, lock=True)
            merged = connection.execute(
                select(ticket_events.c.data)
                .where(
                    ticket_events.c.reference == reference,
                    ticket_events.c.what == Happening.MERGED.value,
                )
                .order_by(ticket_events.c.id.desc())
            )
            states = [row.data["from"] for row in merged if "from" in row.data]
            alone = ticket.split(TicketState(states[0]) if states else TicketState.OPEN)
            keep_ticket(connection, alone, at=at)
            data = {"of": ticket.merged_into, "to": alone.state.value}
            write_down(connection, alone, Happening.SPLIT, who, at, data)
            other = find_ticket(connection, str(ticket.merged_into), lock=True)
            keep_ticket(connection, other, at=at)
            write_down(connection, other, Happening.SPLIT, who, at, {"of": reference})
            return find_ticket(connection, reference)
