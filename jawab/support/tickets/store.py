"""Tickets in SQL. Every change is one transaction that also adds its line to the history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from jawab.support.conversations.message import Draft
from jawab.support.conversations.statements import append_draft, find_conversation
from jawab.support.database import Database
from jawab.support.errors import StaleTicket
from jawab.support.prepared import Prepared
from jawab.support.search import filing as search_filing
from jawab.support.tables import ticket_events, tickets
from jawab.support.tickets import reference as references
from jawab.support.tickets.rows import from_new, to_event, to_ticket
from jawab.support.tickets.statements import (
    behind,
    find_ticket,
    going_on,
    keep_ticket,
    opened_before,
    write_down,
)
from jawab.support.tickets.ticket import (
    BOT,
    SHOPPER,
    SYSTEM,
    UNSOLVED,
    Happening,
    Known,
    NewTicket,
    Origin,
    Priority,
    Queue,
    Ticket,
    TicketEvent,
    TicketState,
)

_UNSOLVED = [state.value for state in UNSOLVED]
_OF_CONVERSATION = Prepared(
    select(tickets)
    .where(tickets.c.conversation_id == bindparam("conversation"))
    .order_by(tickets.c.opened_at, tickets.c.reference)
)
_TRIES = 8  # with 27 million references, the second is hardly ever needed


class TicketStore:
    """What became of the shoppers' requests."""

    def __init__(
        self, database: Database, *, new_reference: Callable[[], str] = references.new
    ) -> None:
        self._database = database
        self._new_reference = new_reference

    def open(
        self,
        new: NewTicket,
        *,
        due_at: datetime,
        who: str | None = None,
        confirm: Callable[[Ticket], Draft] | None = None,
    ) -> Ticket:
        """Store a ticket once: the same message, or the same client_id of a conversation, gives the first one again.

        A client_id that came with another text raises `ClientIdReused`. `who` opens it: the bot or the shopper by
        its origin, unless an agent is named. What `confirm` makes of a new ticket is said in its conversation.
        """
        opener = who or (BOT if new.origin is Origin.CONVERSATION else SHOPPER)
        for _ in range(_TRIES):
            with self._database.writing() as connection:
                here = None
                if confirm is not None and new.conversation_id is not None:
                    here = find_conversation(connection, new.conversation_id, lock=True)
                before = opened_before(connection, new)
                if before is not None:
                    return before
                made = self._insert(connection, new, due_at, opener)
                if made is not None and confirm and here is not None:
                    append_draft(connection, here, confirm(made), now=new.at)
            if made is not None:
                return made
            # Another process opened it, or had the same reference, in this moment: look again.
        raise RuntimeError("no free reference was found")

    def find(self, reference: str) -> Ticket:
        """The ticket with this reference as it is stored, or `UnknownTicket`."""
        with self._database.reading() as connection:
            return find_ticket(connection, reference)

    def going_on(self, ticket: Ticket) -> Ticket:
        """The ticket, or the one that goes on in its place where it was a double."""
        with self._database.reading() as connection:
            return going_on(connection, ticket)

    def of_conversation(self, conversation_id: str) -> tuple[Ticket, ...]:
        """The tickets opened in a conversation, oldest first."""
        with self._database.reading() as connection:
            found = _OF_CONVERSATION.all(connection, {"conversation": conversation_id})
            return tuple(map(to_ticket, found))

    def of_conversations(self, conversation_ids: Sequence[str]) -> tuple[Ticket, ...]:
        """The tickets opened in any of these conversations, oldest first."""
        if len(conversation_ids) == 1:
            return self.of_conversation(conversation_ids[0])
        return self._select(tickets.c.conversation_id.in_(conversation_ids))

    def of_contact(
        self, *, shop: str, email: str | None = None, phone: str | None = None
    ) -> tuple[Ticket, ...]:
        """The shop's tickets of whoever has this e-mail address or this phone, oldest first."""
        ways = [
            column == value
            for column, value in ((tickets.c.email, email), (tickets.c.phone, phone))
            if value is not None
        ]
        return self._select(and_(tickets.c.shop == shop, or_(*ways))) if ways else ()

    def known(self, conversation_ids: Sequence[str]) -> Known:
        """What these conversations' tickets tell of their one shopper, the latest word of each."""
        return Known.told_by(self.of_conversations(conversation_ids))

    def search(
        self,
        *,
        queue: Queue | None = None,
        queues: Sequence[Queue] = (),
        states: Sequence[TicketState] = (),
        shop: str | None = None,
        shops: Sequence[str] = (),
        assignee: str | None = None,
        asleep: bool | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> tuple[Ticket, ...]:
        """A page of tickets, the most pressing first and then the one due first; `after` is the last page's last
        reference. No `queues` or `shops` named: all of them; `asleep` tells whether those out of the queue for a while are
        wanted, alone or not at all.
        """
        asked: list[Any] = [
            column == value
            for column, value in (
                (tickets.c.queue, queue and queue.value),
                (tickets.c.shop, shop),
                (tickets.c.assignee, assignee),
            )
            if value is not None
        ]
        if queues:
            asked.append(tickets.c.queue.in_([each.value for each in queues]))
        if shops:
            asked.append(tickets.c.shop.in_(shops))
        if asleep is not None:
            sleeps = tickets.c.snoozed_until.is_not(None)
            asked.append(sleeps if asleep else ~sleeps)
        if states:
            asked.append(tickets.c.state.in_([state.value for state in states]))
        with self._database.reading() as connection:
            if after is not None:
                asked.append(behind(find_ticket(connection, after)))
            found = connection.execute(
                select(tickets)
                .where(*asked)
                .order_by(tickets.c.priority.desc(), tickets.c.due_at, tickets.c.reference)
                .limit(limit)
            )
            return tuple(map(to_ticket, found))

    def count_unsolved(self, shops: Sequence[str] = ()) -> dict[Queue, int]:
        """How many tickets of each queue are not solved and not asleep, in these shops, or in all."""
        of_shops = [tickets.c.shop.in_(shops)] if shops else []
        awake = tickets.c.snoozed_until.is_(None)
        with self._database.reading() as connection:
            found = connection.execute(
                select(tickets.c.queue, func.count())
                .where(tickets.c.state.in_(_UNSOLVED), awake, *of_shops)
                .group_by(tickets.c.queue)
            ).all()
            counts = {queue: 0 for queue in Queue}
            return {**counts, **{Queue(queue): number for queue, number in found}}

    def history(self, reference: str) -> tuple[TicketEvent, ...]:
        """Everything that happened to a ticket, in order; `UnknownTicket`."""
        with self._database.reading() as connection:
            find_ticket(connection, reference)
            found = connection.execute(
                select(ticket_events)
                .where(ticket_events.c.reference == reference)
                .order_by(ticket_events.c.id)
            )
            return tuple(map(to_event, found))

    def move(
        self,
        reference: str,
        state: TicketState,
        *,
        who: str,
        at: datetime,
        note: str | None = None,
        expected: int | None = None,
    ) -> Ticket:
        """Move a ticket to a state, or raise `IllegalTransition`; with `expected` only from that version."""

        def change(ticket: Ticket) -> tuple[Ticket, dict[str, Any]]:
            data = {"from": ticket.state.value, "to": state.value}
            return ticket.move_to(state), {**data, "note": note} if note else data

        return self._change(reference, Happening.STATE, who, at, change, expected)

    def assign(
        self,
        reference: str,
        assignee: str | None,
        *,
        who: str,
        at: datetime,
        queue: Queue | None = None,
        expected: int | None = None,
    ) -> Ticket:
        """Give a ticket to an agent (None: to nobody), and to another queue if one is named."""

        def change(ticket: Ticket) -> tuple[Ticket, dict[str, Any]]:
            data: dict[str, Any] = {"from": ticket.assignee, "to": assignee}
            if queue is not None and queue is not ticket.queue:
                data.update(from_queue=ticket.queue.value, to_queue=queue.value)
            return replace(ticket, assignee=assignee, queue=queue or ticket.queue), data

        return self._change(reference, Happening.ASSIGNED, who, at, change, expected)

    def prioritise(self, reference: str, priority: Priority, *, who: str, at: datetime) -> Ticket:
        """Let a ticket press more, or less."""

        def change(ticket: Ticket) -> tuple[Ticket, dict[str, Any]]:
            data = {"from": int(ticket.priority), "to": int(priority)}
            return replace(ticket, priority=priority), data

        return self._change(reference, Happening.PRIORITY, who, at, change, None)

    def note(self, reference: str, text: str, *, who: str, at: datetime) -> Ticket:
        """Add a note that only agents read."""
        said = {"text": text}
        return self._change(reference, Happening.NOTE, who, at, lambda ticket: (ticket, said), None)

    def reply(
        self, reference: str, text: str, *, who: str, at: datetime, message: int | None = None
    ) -> Ticket:
        """Add what an agent answers to the shopper, or the shopper to the agent; `message` is the one in the conversation that
        says the same.
        """
        said = {"text": text} if message is None else {"text": text, "message": message}
        return self._change(
            reference, Happening.REPLY, who, at, lambda ticket: (ticket, said), None
        )

    def undelivered(self, reference: str, notice: str, problem: str, *, at: datetime) -> Ticket:
        """Add that a notice could not be brought to the shopper, so that an agent finds another way."""
        data = {"notice": notice, "problem": problem}
        return self._change(
            reference, Happening.UNDELIVERED, SYSTEM, at, lambda ticket: (ticket, data), None
        )

    def _select(self, which: Any) -> tuple[Ticket, ...]:
        with self._database.reading() as connection:
            found = connection.execute(
                select(tickets).where(which).order_by(tickets.c.opened_at, tickets.c.reference)
            )
            return tuple(map(to_ticket, found))

    def _insert(
        self, connection: Connection, new: NewTicket, due_at: datetime, who: str
    ) -> Ticket | None:
        values = {**from_new(new), "reference": self._new_reference(), "due_at": due_at}
        try:
            with connection.begin_nested():
                connection.execute(insert(tickets).values(values))
        except IntegrityError:
            return None
        ticket = find_ticket(connection, values["reference"])
        search_filing.of_ticket(connection, ticket)
        data = {"origin": new.origin.value, "queue": new.queue.value, "priority": int(new.priority)}
        write_down(connection, ticket, Happening.OPENED, who, new.at, data)
        return ticket

    def _change(
        self,
        reference: str,
        what: Happening,
        who: str,
        at: datetime,
        change: Callable[[Ticket], tuple[Ticket, Mapping[str, Any]]],
        expected: int | None,
    ) -> Ticket:
        with self._database.writing() as connection:
            ticket = find_ticket(connection, reference, lock=True)
            if expected is not None and expected != ticket.version:
                raise StaleTicket(f"ticket {reference} was changed meanwhile; read it again")
            changed, data = change(ticket)
            keep_ticket(connection, changed, at=at)
            write_down(connection, changed, what, who, at, data)
            return find_ticket(connection, reference)
