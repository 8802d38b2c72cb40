"""The statements of e-mail that others' transactions need too."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from jawab.support.conversations.message import Author, Message
from jawab.support.deliveries import outbox
from jawab.support.deliveries.delivery import Carrier, Parcel
from jawab.support.mail.incoming import MailThread
from jawab.support.mail.tables import mail_threads

WRITTEN = "mail.written"  # an agent has written in a conversation by e-mail
ANSWERED = "mail.answered"  # the bot's answer to a mail, and the ticket opened for it


def thread_of(connection: Connection, conversation_id: str) -> MailThread | None:
    """Who is written with in this conversation; None for one that is not by e-mail."""
    here = mail_threads.c.conversation_id == conversation_id
    row = connection.execute(select(mail_threads).where(here)).first()
    return to_thread(row) if row else None


def send(connection: Connection, message: Message) -> None:
    """Let an agent's message leave by mail, if its conversation is by e-mail. What the bot says goes with its ticket."""
    if message.author is not Author.AGENT:
        return
    thread = thread_of(connection, message.conversation_id)
    if thread is None or thread.reference is None:
        return
    data = {"notice": "answered", "message": message.id, "conversation": message.conversation_id}
    outbox.put(connection, (Parcel(Carrier.MAIL, WRITTEN, thread.reference, data, message.at),))


def to_thread(row: Any) -> MailThread:
    """A row of `mail_threads`."""
    return MailThread(
        conversation_id=row.conversation_id,
        address=row.address,
        sender=row.sender,
        name=row.name,
        subject=row.subject,
        last_id=row.last_id,
        reference=row.reference,
    )
