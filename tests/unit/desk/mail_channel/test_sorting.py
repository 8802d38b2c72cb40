"""Who is answered and who is not: proof, automatic mails, bounces, floods."""

import smtplib

import pytest

from jawab.support.mail.incoming import Fate
from jawab.support.tickets.ticket import Happening

from ..running import eventually
from .post import MAIL, SHOP, SIGNS, answer, deliver, ended, fates, mail, reply_to, ticket_of


def test_somebody_elses_answer_begins_a_ticket_of_its_own(desk, out):
    deliver(desk, mail())
    first = answer(out)
    before = desk.services.tickets.history(ticket_of(desk, first).reference)
    deliver(desk, reply_to(first, sender="eve@example.com"), envelope_sender="eve@example.com")
    second = answer(out, 2)

    assert second["To"].addresses[0].addr_spec == "eve@example.com"
    assert ticket_of(desk, second).reference != ticket_of(desk, first).reference
    assert desk.services.tickets.history(ticket_of(desk, first).reference) == before


def test_a_reference_alone_proves_nothing_and_tells_nothing(desk, out):
    deliver(desk, mail())
    ticket = ticket_of(desk, answer(out))
    deliver(desk, mail("غيروا العنوان", Subject=f"طلبي {ticket.reference}"))
    ended(desk, answered=1, noted=1)

    last = desk.services.tickets.history(ticket.reference)[-1]
    assert last.what is Happening.NOTE
    assert last.data["text"].startswith("رسالة من عنوان العميل")
    assert last.data["text"].endswith("غيروا العنوان")
    assert len(out.box.mails) == 1


@pytest.mark.parametrize(
    ("fate", "headers"),
    [
        (Fate.AUTO_REPLY, {"Auto_Submitted": "auto-replied"}),
        (Fate.AUTO_REPLY, {"Subject": "رد تلقائي: خارج المكتب"}),
        (Fate.LIST, {"Precedence": "bulk"}),
        (Fate.OURS, {"From": SHOP}),
        (Fate.NOBODY, {"From": "nobody"}),
        (Fate.OURS, {"Message_ID": SIGNS.message_id("JW-K37-W9F2", SHOP)}),
    ],
)
def test_what_no_person_waits_behind_is_kept_and_not_answered(desk, rasa, out, fate, headers):
    deliver(desk, mail(**headers))
    ended(desk, **{fate.value: 1})

    assert rasa.asked == []
    assert out.box.mails == []


def test_a_bounce_is_noted_on_the_ticket_whose_mail_came_back(desk, out):
    deliver(desk, mail())
    first = answer(out)
    bounce = (
        "From: MAILER-DAEMON@mx.example\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {first['Message-ID']}\r\n--b--\r\n"
    )
    with smtplib.SMTP("127.0.0.1", desk.services.mail.door.port, timeout=10) as smtp:
        smtp.sendmail("", [SHOP], bounce)
    ended(desk, answered=1, bounce=1)

    last = desk.services.tickets.history(ticket_of(desk, first).reference)[-1]
    assert (last.what, last.data["problem"]) == (Happening.UNDELIVERED, "bounced")


def test_a_flood_is_answered_some_times_and_lost_never(start_desk, out):
    desk = start_desk(smtp_url=out.url, mail_listen="127.0.0.1:0", mails_per_sender=2, **MAIL)
    for number in range(4):
        deliver(desk, mail(f"سؤال {number}"))
        eventually(
            lambda done=number + 1: (
                "waiting" not in fates(desk) and sum(fates(desk).values()) == done
            )
        )
    assert fates(desk) == {"answered": 2, "flood": 2}
    assert len(out.box.mails) == 2
    last = ticket_of(desk, out.box.mails[1])
    notes = [one for one in desk.services.tickets.history(last.reference) if one.what == "note"]
    assert [one.data["text"].splitlines()[-1] for one in notes] == ["سؤال 2", "سؤال 3"]


def test_the_same_mail_again_is_one_mail(desk, out):
    deliver(desk, mail())
    answer(out)
    deliver(desk, mail())

    assert ended(desk, answered=1)
    assert len(out.box.mails) == 1
