"""What a conversation by e-mail is answered with: the bot's answer with its ticket in one mail, then what agents write."""

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from jawab.knowledge import Shop
from jawab.knowledge.rendering import Occasion, render
from jawab.support.conversations.message import Message
from jawab.support.mail.composing import answer_to, fill, subject_of
from jawab.support.mail.incoming import MailThread
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.texts import MailTexts
from jawab.support.texts import in_one_line
from jawab.support.tickets.promise import told
from jawab.support.tickets.ticket import Ticket


@dataclass(frozen=True)
class EnclosedFile:
    """A file that goes along."""

    path: Path
    name: str
    type: str


@dataclass(frozen=True)
class Writing:
    """What every mail of a thread is written with."""

    shop: Shop
    texts: MailTexts
    signs: MailSigns
    from_name: str | None = None


def first_answer(
    ticket: Ticket, thread: MailThread, answer: str, *, by: Writing, now: datetime
) -> EmailMessage:
    """The one mail that answers a shopper's: what the FAQ says (empty: nothing), the reference and the promised time."""
    on = Occasion(by.shop, ticket.lang, now)
    text = by.texts.from_faq if answer else by.texts.taken_up
    values = {
        "name": ticket.name,
        "reference": ticket.reference,
        "promised": told(by.shop, ticket.due_at, ticket.lang),
        "answer": answer,
    }
    mail = _begun(ticket, thread, by, now)
    mail["Message-ID"] = by.signs.message_id(ticket.reference, thread.address)
    answer_to(mail, (thread.last_id,))
    mail["Auto-Submitted"] = "auto-replied"
    said = render(text[ticket.lang].strip(), on, values)
    fill(mail, f"{said}\n\n{_closing(by, on)}\n", ticket.lang, ticket.reference)
    return mail


def written(
    ticket: Ticket,
    thread: MailThread,
    message: Message,
    files: Iterable[EnclosedFile],
    *,
    by: Writing,
    now: datetime,
) -> EmailMessage:
    """What an agent has written, under their name, with its files. A person wrote it, so it is not marked as automatic."""
    on = Occasion(by.shop, ticket.lang, now)
    mail = _begun(ticket, thread, by, now)
    mail["Message-ID"] = by.signs.message_id(ticket.reference, thread.address, f"m{message.id}")
    answer_to(mail, (by.signs.message_id(ticket.reference, thread.address), thread.last_id))
    parts = (message.text.strip(), message.signature or "", _closing(by, on))
    fill(mail, "\n\n".join(filter(None, parts)) + "\n", ticket.lang, ticket.reference)
    for file in files:
        main, _, sub = (file.type or _type(file.name)).partition("/")
        mail.add_attachment(file.path.read_bytes(), maintype=main, subtype=sub, filename=file.name)
    return mail


def _begun(ticket: Ticket, thread: MailThread, by: Writing, now: datetime) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    name = by.from_name or by.shop.name[ticket.lang]
    mail["From"] = Address(name, addr_spec=thread.address)
    mail["To"] = Address(in_one_line(ticket.name), addr_spec=thread.sender)
    mail["Subject"] = subject_of(thread, ticket.reference)
    mail["Date"] = format_datetime(now)
    return mail


def _closing(by: Writing, on: Occasion) -> str:
    return render(by.texts.closing[on.lang].strip(), on)


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
