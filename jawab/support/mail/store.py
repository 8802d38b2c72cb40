"""E-mail in SQL: a mail is kept as it came before its server is told so, and worked on afterwards."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Author, Message
from jawab.support.conversations.statements import (
    append,
    attach,
    find_by_client_id,
    find_conversation,
    find_message,
    open_conversation,
    waiting,
)
from jawab.support.database import Database
from jawab.support.deliveries import outbox
from jawab.support.deliveries.delivery import Carrier, Parcel
from jawab.support.due import is_due
from jawab.support.handovers.statements import find_open, keep_handover
from jawab.support.mail.incoming import Fate, KeptMail, MailThread, NewMail, StoredMail
from jawab.support.mail.statements import ANSWERED, thread_of
from jawab.support.mail.tables import mail_threads, mails
from jawab.support.tables import tickets
from jawab.support.texts import storable
from jawab.support.tickets.rows import to_ticket
from jawab.support.tickets.statements import find_ticket, going_on, wake, write_down
from jawab.support.tickets.ticket import SHOPPER, Happening, Ticket, TicketState

_WAITING, _DONE = "waiting", "done"
_BACK = (TicketState.PENDING, TicketState.SOLVED)
_LENGTHS = {"name": 120, "subject": 400, "last_id": 255}


class MailStore:
    """Whoever takes a mail has it for a lease; each mail comes to one end."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, mail: NewMail, *, now: datetime) -> bool:
        """Keep a mail that came, once; False when it was there before."""
        values = {**asdict(mail), "state": _WAITING, "attempts": 0, "received_at": now}
        try:
            with self._database.writing() as connection:
                connection.execute(insert(mails).values(**values, next_attempt_at=now))
        except IntegrityError:
            return False
        return True

    def take(self, *, now: datetime, lease: timedelta, limit: int) -> tuple[StoredMail, ...]:
        """Take what is due, the oldest first; two who take at once never get the same."""
        due = (
            select(mails)
            .where(mails.c.state == _WAITING, is_due(mails, mails.c.received_at, now))
            .order_by(mails.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            if connection.execute(due.with_only_columns(mails.c.id)).first() is None:
                return ()
        with self._database.writing() as connection:
            found = connection.execute(due.with_for_update(skip_locked=True)).all()
            connection.execute(
                update(mails)
                .where(mails.c.id.in_([row.id for row in found]))
                .values(attempts=mails.c.attempts + 1, next_attempt_at=now + lease)
            )
            return tuple(map(_to_stored, found))

    def postpone(self, mail: StoredMail, until: datetime) -> None:
        """Note when it is tried again."""
        with self._database.writing() as connection:
            connection.execute(
                update(mails)
                .where(mails.c.id == mail.id, mails.c.state == _WAITING)
                .values(next_attempt_at=until)
            )

    def end(self, mail: StoredMail, fate: Fate, *, reference: str | None = None) -> None:
        """Note what became of it."""
        with self._database.writing() as connection:
            _end(connection, mail, fate, reference)

    def begin(self, mail: StoredMail, conversation: Conversation, thread: MailThread) -> str:
        """Store the conversation that a mail begins, once; its id."""
        with self._database.writing() as connection:
            here = select(mails.c.conversation_id).where(mails.c.id == mail.id)
            before = connection.execute(here.with_for_update()).scalar_one()
            if before is not None:
                return str(before)
            open_conversation(connection, conversation)
            connection.execute(insert(mail_threads).values(_fitting(asdict(thread))))
            connection.execute(
                update(mails).where(mails.c.id == mail.id).values(conversation_id=conversation.id)
            )
            return conversation.id

    def answered(self, mail: StoredMail, ticket: Ticket, *, message_id: int, now: datetime) -> None:
        """Let the answer to a mail leave with its ticket, once."""
        with self._database.writing() as connection:
            if not _end(connection, mail, Fate.ANSWERED, ticket.reference):
                return
            connection.execute(
                update(mail_threads)
                .where(mail_threads.c.conversation_id == ticket.conversation_id)
                .values(reference=ticket.reference)
            )
            data = {"notice": "opened", "message": message_id}
            data["conversation"] = str(ticket.conversation_id)
            outbox.put(connection, (Parcel(Carrier.MAIL, ANSWERED, ticket.reference, data, now),))

    def follow_up(
        self,
        mail: StoredMail,
        reference: str,
        text: str,
        *,
        message_id: str,
        now: datetime,
        attachments: tuple[str, ...] = (),
    ) -> Ticket:
        """Put what the shopper wrote on their ticket and into its conversation, once, and take the ticket up again."""
        with self._database.writing() as connection:
            ticket = going_on(connection, find_ticket(connection, reference, lock=True), lock=True)
            if not _end(connection, mail, Fate.FOLLOW_UP, ticket.reference):
                return ticket
            if ticket.conversation_id is not None:
                conversation = find_conversation(connection, ticket.conversation_id, lock=True)
                message = append(
                    connection,
                    conversation,
                    Author.SHOPPER,
                    text,
                    now=now,
                    client_id=f"mail-{mail.id}",
                    attached_files=waiting(connection, conversation.id, attachments),
                )
                attach(connection, message)
                if (handover := find_open(connection, conversation.id)) is not None:
                    keep_handover(connection, handover.spoken_to(now=now))
                if message_id:
                    connection.execute(
                        update(mail_threads)
                        .where(mail_threads.c.conversation_id == conversation.id)
                        .values(_fitting({"last_id": message_id}))
                    )
            return _say(connection, ticket, Happening.REPLY, text, now=now)

    def note(
        self, mail: StoredMail, reference: str, text: str, fate: Fate, *, now: datetime
    ) -> Ticket:
        """Put an unproven mail on a ticket for its agents alone, once, and take the ticket up again."""
        with self._database.writing() as connection:
            ticket = going_on(connection, find_ticket(connection, reference, lock=True), lock=True)
            if not _end(connection, mail, fate, ticket.reference):
                return ticket
            return _say(connection, ticket, Happening.NOTE, text, now=now)

    def message(self, conversation_id: str, mail: StoredMail) -> Message | None:
        """The message that a mail has become."""
        with self._database.reading() as connection:
            return find_by_client_id(connection, conversation_id, f"mail-{mail.id}")

    def message_of(self, message_id: int) -> Message | None:
        """The message with this id."""
        with self._database.reading() as connection:
            return find_message(connection, message_id)

    def thread(self, conversation_id: str | None) -> MailThread | None:
        """Who is written with in this conversation; None for one that is not by e-mail."""
        if conversation_id is None:
            return None
        with self._database.reading() as connection:
            return thread_of(connection, conversation_id)

    def answers_to(self, sender: str, *, since: datetime) -> int:
        """How many mails of this sender were answered since then."""
        with self._database.reading() as connection:
            here = select(func.count()).where(
                mails.c.sender == sender,
                mails.c.received_at >= since,
                mails.c.fate == Fate.ANSWERED.value,
            )
            return int(connection.execute(here).scalar_one())

    def last_ticket(self, shop: str, sender: str) -> Ticket | None:
        """The shop's newest ticket that this sender opened by e-mail."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(tickets)
                .join(mail_threads, mail_threads.c.conversation_id == tickets.c.conversation_id)
                .where(tickets.c.shop == shop, mail_threads.c.sender == sender)
                .order_by(tickets.c.opened_at.desc())
                .limit(1)
            ).first()
            return to_ticket(row) if row else None

    def of_ticket(self, reference: str) -> tuple[KeptMail, ...]:
        """The mails that went to a ticket, oldest first."""
        query = select(mails.c.id, mails.c.received_at, func.length(mails.c.raw).label("size"))
        with self._database.reading() as connection:
            found = connection.execute(
                query.where(mails.c.reference == reference).order_by(mails.c.id)
            )
            return tuple(KeptMail(row.id, row.received_at, row.size) for row in found)

    def raw(self, reference: str, id: int) -> bytes | None:
        """One of them, as it came; None when the ticket has no such mail."""
        here = (mails.c.id == id) & (mails.c.reference == reference)
        with self._database.reading() as connection:
            found = connection.execute(select(mails.c.raw).where(here)).scalar()
            return None if found is None else bytes(found)

    def fates(self) -> Mapping[str, int]:
        """How many mails came to which end; those without one wait."""
        with self._database.reading() as connection:
            found = connection.execute(select(mails.c.fate, func.count()).group_by(mails.c.fate))
            return {fate or _WAITING: number for fate, number in found}


def _end(connection: Connection, mail: StoredMail, fate: Fate, reference: str | None) -> bool:
    changed = connection.execute(
        update(mails)
        .where(mails.c.id == mail.id, mails.c.state == _WAITING)
        .values(state=_DONE, fate=fate.value, reference=reference)
    )
    return bool(changed.rowcount)


def _say(
    connection: Connection, ticket: Ticket, what: Happening, text: str, *, now: datetime
) -> Ticket:
    """Write a line by the shopper down, and have a ticket that rested open again, or awake."""
    ticket = find_ticket(connection, ticket.reference)
    if ticket.sleeps:
        wake(connection, ticket, who=SHOPPER, at=now)
        ticket = find_ticket(connection, ticket.reference)
    values = {"updated_at": now, "version": ticket.version + 1}
    changed = ticket.move_to(TicketState.OPEN) if ticket.state in _BACK else ticket
    values["state"] = changed.state.value
    here = tickets.c.reference == ticket.reference
    connection.execute(update(tickets).where(here).values(values))
    write_down(connection, changed, what, SHOPPER, now, {"text": text})
    if changed is not ticket:
        moved = {"from": ticket.state.value, "to": changed.state.value}
        write_down(connection, changed, Happening.STATE, SHOPPER, now, moved)
    return find_ticket(connection, ticket.reference)


def _fitting(values: dict[str, Any]) -> dict[str, Any]:
    """Names, subjects and ids as long as their columns."""
    return {
        key: storable(value)[: _LENGTHS[key]] if key in _LENGTHS else value
        for key, value in values.items()
    }


def _to_stored(row: Any) -> StoredMail:
    mail = NewMail(row.shop, row.address, row.digest, row.sender, row.raw, row.envelope_sender)
    return StoredMail(row.id, mail, row.attempts + 1, row.received_at, row.conversation_id)
