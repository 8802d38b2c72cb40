"""Mails to a desk, and what came out of it."""

import smtplib
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP

from jawab.support.mail.signs import MailSigns
from jawab.support.mail.store import MailStore
from jawab.support.tickets.ticket import agent

from ..running import eventually

SHOP = "help@souq.example"


SIGNS = MailSigns("k" * 40)


NOW = datetime(2026, 11, 26, 9, tzinfo=timezone.utc)


LEE = {"who": agent("1"), "at": NOW}


MAIL = {
    "mail_from": "notices@shop.example",
    "mail_addresses": (("souq", SHOP), ("digikala", "info@digikala.example")),
    "delivery_poll": timedelta(milliseconds=20),
    "delivery_first_delay": timedelta(milliseconds=20),
    "mail_poll": timedelta(milliseconds=20),
}


def mail(text="كيف أرجع الحذاء؟", *, sender="Sara Ahmad <sara@example.com>", to=SHOP, **headers):
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = to
    made["Subject"] = "الحذاء"
    made["Message-ID"] = f"<{abs(hash((text, sender)))}@example.com>"
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def deliver(desk, made, *, envelope_sender="sara@example.com", to=None):
    with smtplib.SMTP("127.0.0.1", desk.services.mail.door.port, timeout=10) as smtp:
        smtp.sendmail(envelope_sender, to or [made["To"]], made.as_bytes())


def fates(desk):
    return dict(MailStore(desk.services.database).fates())


def ended(desk, **wanted):
    return eventually(lambda: fates(desk) == wanted)


def answer(out, number=1):
    return eventually(lambda: len(out.box.mails) >= number and out.box.mails[number - 1])


def text_of(made):
    return made.get_body(("plain",)).get_content()


def ticket_of(desk, made):
    reference = SIGNS.ticket_of([made["Message-ID"]])
    return desk.services.tickets.find(reference)


def reply_to(made, text="لم يصل بعد", **more):
    quoted = "\n".join(f"> {line}" for line in text_of(made).splitlines())
    whole = f"{text}\n\nفي الخميس، 26 نوفمبر 2026 كتب {SHOP}:\n{quoted}"
    return mail(
        whole,
        In_Reply_To=made["Message-ID"],
        References=f"<x@example.com> {made['Message-ID']}",
        Subject=f"Re: {made['Subject']}",
        **more,
    )


NASTY = [
    b"",
    b"\xff\xfe\x00\x00",
    b"From: a@b\r\n\r\nx",
    b"From: \xd8\xa7 <sara@example.com>\r\nSubject: \x00\r\n\r\n\x00",
    b"From: sara@example.com\r\nContent-Type: multipart/mixed\r\n\r\nno boundary",
    b"From: sara@example.com\r\nMessage-ID: " + b"<" + b"x" * 900 + b"@y>\r\n\r\n" + b"y" * 9000,
    b"From: "
    + b"n" * 300
    + b" <sara@example.com>\r\nSubject: "
    + b"s" * 3000
    + b"\r\n\r\n/restart",
    "From: Sara <sara@example.com>\r\nSubject: \u202e\r\n\r\n\u200f\ud83d".encode(
        "utf-8", "surrogatepass"
    ),
    b'From: "x, <all@example.com>" <sara@example.com>\r\n\r\nhello',
    b"From: sara@example.com\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b\r\n\r\nx",
]
