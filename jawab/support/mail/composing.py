"""An e-mail about a ticket: in the ticket's language, as plain text and as right-to-left or left-to-right HTML.

Headers: RFC 3834 (Auto-Submitted), RFC 5322 (Message-ID, In-Reply-To, References). A mail's id follows from the ticket and
the line of its history, so one sent twice can be told by its receiver.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from jawab.knowledge import Shop
from jawab.knowledge.rendering import Occasion, render
from jawab.support.deliveries.notices import Notice
from jawab.support.mail.incoming import MailThread
from jawab.support.mail.signs import MailSigns
from jawab.support.mail.texts import MailTexts
from jawab.support.texts import in_one_line
from jawab.support.tickets.promise import told
from jawab.support.tickets.ticket import Ticket
from jawab.support.tickets.topics import TicketTopics
from jawab.text.lang import Lang

_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,250}>")
_ANSWERS = re.compile(r"(?:re|fwd?|aw|پاسخ|رد|ف|هدایت)\s*:\s*", re.IGNORECASE)
_LEFT_TO_RIGHT = frozenset((Lang.EN,))
_STYLE = "font-family: Vazirmatn, Tahoma, Arial, sans-serif; font-size: 16px; line-height: 1.8"


def compose(
    notice: Notice,
    ticket: Ticket,
    *,
    shop: Shop,
    topics: TicketTopics,
    texts: MailTexts,
    sender: str,
    signs: MailSigns,
    number: int,
    now: datetime,
    answer: str = "",
    from_name: str | None = None,
    thread: MailThread | None = None,
) -> EmailMessage:
    """The mail that tells a ticket's shopper of it; `sender` is the desk's own address, `number` the line in the
    ticket's history, `from_name` whose name it bears instead of the shop's. In a `thread` it goes on with the shopper's mails.
    """
    topic = topics.by_id.get(ticket.topic)
    values = {
        "name": ticket.name,
        "reference": ticket.reference,
        "topic": topic.title[ticket.lang] if topic else ticket.topic,
        "promised": told(shop, ticket.due_at, ticket.lang),
        "answer": answer,
    }
    on = Occasion(shop, ticket.lang, now)
    letter = texts.letters[notice]
    text = render(letter.text[ticket.lang].strip(), on, values)
    text = f"{text}\n\n{render(texts.closing[ticket.lang].strip(), on)}\n"
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(from_name or shop.name[ticket.lang], addr_spec=sender)
    mail["To"] = Address(in_one_line(ticket.name), addr_spec=ticket.email or "")
    mail["Subject"] = (
        subject_of(thread, ticket.reference)
        if thread
        else " ".join(render(letter.subject[ticket.lang], on, values).split())
    )
    mail["Date"] = format_datetime(now)
    first = signs.message_id(ticket.reference, sender)
    mail["Message-ID"] = (
        first
        if notice is Notice.OPENED
        else signs.message_id(ticket.reference, sender, str(number))
    )
    if notice is not Notice.OPENED:
        answer_to(mail, (first, thread.last_id) if thread else (first,))
    mail["Auto-Submitted"] = "auto-generated"
    fill(mail, text, ticket.lang, ticket.reference)
    return mail


def fill(mail: EmailMessage, text: str, lang: Lang, reference: str) -> None:
    """Give a mail its text, plain and as HTML."""
    # Base64: no line is too long for a server, and none is rewritten on the way.
    mail.set_content(text, cte="base64")
    mail.add_alternative(page(text, lang, reference), subtype="html", cte="base64")
    mail["Content-Language"] = lang.value  # last, or it would be moved into the first part


def answer_to(mail: EmailMessage, ids: Iterable[str]) -> None:
    """Let a mail follow others, the last of them answered by it (RFC 5322, 3.6.4)."""
    known = [id for id in ids if _MESSAGE_ID.fullmatch(id)]
    if known:
        mail["In-Reply-To"] = known[-1]
        mail["References"] = " ".join(known)


def subject_of(thread: MailThread, reference: str) -> str:
    """The subject under which a thread goes on, with the ticket's reference."""
    subject = in_one_line(thread.subject)
    while found := _ANSWERS.match(subject):
        subject = subject[found.end() :]
    subject = subject if reference in subject else f"{subject} ({reference})"
    return f"Re: {subject.strip()}"


def page(text: str, lang: Lang, reference: str) -> str:
    """The text as HTML: paragraphs at blank lines, everything escaped, the reference in its own direction."""
    direction = "ltr" if lang in _LEFT_TO_RIGHT else "rtl"
    isolated = f'<bdi dir="ltr">{escape(reference)}</bdi>'
    paragraphs = "\n".join(
        f'<p dir="auto">{"<br>".join(map(escape, part.splitlines()))}</p>'.replace(
            escape(reference), isolated
        )
        for part in text.strip().split("\n\n")
    )
    return (
        f'<!doctype html>\n<html lang="{lang.value}" dir="{direction}">\n<head><meta charset="utf-8"></head>\n'
        f'<body dir="{direction}" style="{_STYLE}">\n{paragraphs}\n</body>\n</html>\n'
    )
