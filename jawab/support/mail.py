"""An e-mail about a ticket: in the ticket's language, as plain text and as right-to-left or left-to-right HTML.

Headers: RFC 3834 (Auto-Submitted), RFC 5322 (Message-ID, In-Reply-To, References). A mail's id follows from the ticket and
the line of its history, so one sent twice can be told by its receiver.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from jawab.knowledge import Shop
from jawab.knowledge.rendering import Occasion, render
from jawab.support.mail_texts import MailTexts
from jawab.support.notices import Notice
from jawab.support.promise import told
from jawab.support.ticket import Ticket
from jawab.support.topics import TicketTopics
from jawab.text.lang import Lang

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
    number: int,
    now: datetime,
    answer: str = "",
    from_name: str | None = None,
) -> EmailMessage:
    """The mail that tells a ticket's shopper of it; `sender` is the desk's own address, `number` the line in the
    ticket's history, `from_name` whose name it bears instead of the shop's.
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
    mail["To"] = Address(ticket.name, addr_spec=ticket.email or "")
    mail["Subject"] = " ".join(render(letter.subject[ticket.lang], on, values).split())
    mail["Date"] = format_datetime(now)
    thread = message_id(ticket.reference, sender)
    own = message_id(f"{ticket.reference}.{number}", sender)
    mail["Message-ID"] = thread if notice is Notice.OPENED else own
    if notice is not Notice.OPENED:
        mail["In-Reply-To"] = thread
        mail["References"] = thread
    mail["Auto-Submitted"] = "auto-generated"
    # Base64: no line is too long for a server, and none is rewritten on the way.
    mail.set_content(text, cte="base64")
    mail.add_alternative(page(text, ticket.lang, ticket.reference), subtype="html", cte="base64")
    mail["Content-Language"] = ticket.lang.value  # last, or it would be moved into the first part
    return mail


def message_id(name: str, sender: str) -> str:
    """A Message-ID in the sender's own domain."""
    return f"<{name}@{sender.rpartition('@')[2]}>"


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
