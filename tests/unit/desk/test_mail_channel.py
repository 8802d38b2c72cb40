"""E-mail as a channel: mails come in by SMTP and IMAP, and answers go out, all over real servers on loopback."""

import smtplib
import threading
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from jawab.desk.failures import DeskError
from jawab.settings import Settings
from jawab.support.incoming_mail import Fate
from jawab.support.mail_signs import MailSigns
from jawab.support.mail_store import MailStore
from jawab.support.ticket import Happening, Origin, TicketState, agent

from ..channels.imap_server import ImapServer
from .colleague import hired
from .outside import MailServer
from .pictures import photo
from .running import eventually

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


@pytest.fixture
def out():
    with MailServer() as server:
        yield server


@pytest.fixture
def desk(start_desk, out):
    return start_desk(smtp_url=out.url, mail_listen="127.0.0.1:0", **MAIL)


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


def test_a_mail_is_answered_from_the_faq_with_a_ticket_in_one_mail(desk, rasa, out):
    made = mail("مرحبا، كيف أرجعه؟ طلبي رقم 12345678\n\n-- \nسارة")
    deliver(desk, made)
    got = answer(out)
    ticket = ticket_of(desk, got)

    assert got["From"].addresses[0].addr_spec == SHOP
    assert got["To"].addresses[0].addr_spec == "sara@example.com"
    assert got["Subject"] == f"Re: الحذاء ({ticket.reference})"
    assert got["In-Reply-To"] == made["Message-ID"]
    assert got["Auto-Submitted"] == "auto-replied"
    assert out.box.raw[0].mail_from == SHOP
    text = text_of(got)
    assert "پاسخ: الحذاء" in text
    assert "إن كان في هذا جوابكم" in text
    assert ticket.reference in text
    assert "<html lang=" in got.get_body(("html",)).get_content()
    assert 'dir="rtl"' in got.get_body(("html",)).get_content()
    assert (ticket.origin, ticket.email, ticket.name) == (
        Origin.EMAIL,
        "sara@example.com",
        "Sara Ahmad",
    )
    assert (ticket.topic, ticket.order_number) == ("after_sales", "12345678")
    assert ticket.message == "الحذاء\n\nمرحبا، كيف أرجعه؟ طلبي رقم 12345678"
    assert rasa.asked[-1]["metadata"]["agents"] == {"present": 0, "waiting": 0}
    assert ended(desk, answered=1)
    assert len(out.box.mails) == 1


def test_what_the_faq_does_not_answer_is_taken_up(desk, rasa, out):
    rasa.reply = lambda question: [
        {"text": "ما اسمكم؟"},
        {"custom": rasa.custom(question, intent="human", outcome="answered")},
    ]
    deliver(desk, mail())
    text = text_of(answer(out))

    assert "ما اسمكم" not in text
    assert "وصلتنا رسالتكم" in text


def test_a_cards_number_in_a_mail_is_masked_for_the_bot_and_on_the_ticket(desk, rasa, out):
    deliver(desk, mail("Charged twice on 4111 1111 1111 1111, why?"))
    answer(out)
    (ticket,) = desk.services.tickets.search(limit=5)
    assert "•••• 1111" in ticket.message
    assert "4111 1111" not in ticket.message
    assert "4111 1111" not in str(rasa.asked)


def test_a_bot_that_is_away_does_not_keep_a_mail_from_its_ticket(start_desk, rasa, out):
    desk = start_desk(smtp_url=out.url, mail_listen="127.0.0.1:0", attempts=1, **MAIL)
    rasa.then("refuse")
    deliver(desk, mail())

    assert "وصلتنا رسالتكم" in text_of(answer(out))


def test_a_follow_up_goes_to_its_ticket_and_opens_it_again(desk, out):
    deliver(desk, mail())
    first = answer(out)
    ticket = ticket_of(desk, first)
    desk.services.tickets.move(ticket.reference, TicketState.SOLVED, **LEE)
    solved = answer(out, 2)
    assert first["Message-ID"] in solved["References"]
    assert ticket.reference in solved["Subject"]
    deliver(desk, reply_to(first))
    ended(desk, answered=1, follow_up=1)

    history = desk.services.tickets.history(ticket.reference)
    assert [(one.who, one.what) for one in history[-2:]] == [
        ("shopper", Happening.REPLY),
        ("shopper", Happening.STATE),
    ]
    assert history[-2].data["text"] == "لم يصل بعد"
    assert desk.services.tickets.find(ticket.reference).state is TicketState.OPEN
    said = desk.store.messages_after(ticket.conversation_id, 0, limit=9)
    assert [one.text for one in said if one.author == "shopper"][-1] == "لم يصل بعد"
    assert len(out.box.mails) == 2


def test_files_are_kept_by_their_content_and_what_is_none_of_them_is_told(desk, out):
    made = mail()
    made.add_attachment(photo(), maintype="application", subtype="pdf", filename="حذاء.exe")
    made.add_attachment(b"MZ program", maintype="image", subtype="jpeg", filename="photo.jpg")
    deliver(desk, made)
    ticket = ticket_of(desk, answer(out))

    (kept,) = desk.services.attachments.known(ticket.attachments)
    assert (kept.shown.name, kept.shown.type) == ("حذاء.jpg", "image/jpeg")
    assert ticket.message.endswith("(عدد الملفات الموجودة في الرسالة الأصلية وحدها: 1)")


def test_a_follow_ups_photo_is_in_the_conversation(desk, out):
    deliver(desk, mail())
    first = answer(out)
    ticket = ticket_of(desk, first)
    follow = reply_to(first)
    follow.add_attachment(photo(), maintype="image", subtype="jpeg", filename="حذاء.jpg")
    deliver(desk, follow)
    ended(desk, answered=1, follow_up=1)
    said = desk.store.messages_after(ticket.conversation_id, 0, limit=9)

    assert [file.name for one in said for file in one.attachments] == ["حذاء.jpg"]


def test_what_an_agent_writes_leaves_in_the_same_thread(desk, out):
    deliver(desk, mail())
    first = answer(out)
    ticket = ticket_of(desk, first)
    follow = reply_to(first)
    deliver(desk, follow)
    ended(desk, answered=1, follow_up=1)
    sara = hired(desk, login="lee", name="لي")
    sara.post(f"/tickets/{ticket.reference}/reply", client_id="a1", text="يصلكم غدًا")
    got = answer(out, 2)

    assert "يصلكم غدًا" in text_of(got)
    assert got["In-Reply-To"] == follow["Message-ID"]
    assert first["Message-ID"] in got["References"]
    assert got["Auto-Submitted"] is None
    assert got["From"].addresses[0].addr_spec == SHOP
    assert ticket.reference in got["Subject"]
    assert SIGNS.ticket_of([got["Message-ID"]]) == ticket.reference


def test_an_agents_photo_is_enclosed(desk, out):
    deliver(desk, mail())
    path = f"/tickets/{ticket_of(desk, answer(out)).reference}"
    sara = hired(desk, login="ali", name="علي")
    file = {"file": ("حذاء.jpg", photo(size=(900, 900), quality=95), "image/jpeg")}
    stored = desk.http.post(f"/api/v1/agent{path}/attachments", files=file, headers=sara.headers)
    assert stored.status_code == 201, stored.text
    sara.post(f"{path}/reply", client_id="a1", text="صورته", attachments=[stored.json()["id"]])

    (enclosed,) = answer(out, 2).iter_attachments()
    assert enclosed.get_filename() == "حذاء.jpg"
    assert enclosed.get_content().startswith(b"\xff\xd8\xff")


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


def test_only_the_shops_addresses_take_mail(desk):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        deliver(desk, mail(to="other@souq.example"))


def test_a_mail_that_is_too_large_is_refused(start_desk, out):
    desk = start_desk(smtp_url=out.url, mail_listen="127.0.0.1:0", max_mail_bytes=10_000, **MAIL)
    with pytest.raises(smtplib.SMTPException):
        deliver(desk, mail("ا" * 20_000))
    assert fates(desk) == {}


def test_a_mail_that_cannot_be_stored_is_not_taken(desk):
    with desk.services.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE mails RENAME TO hidden")
    with pytest.raises(smtplib.SMTPDataError) as refused:
        deliver(desk, mail())
    with desk.services.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE hidden RENAME TO mails")

    assert refused.value.smtp_code == 451


def test_a_mailbox_is_read_and_answered(start_desk, rasa, out):
    with ImapServer() as box:
        start_desk(smtp_url=out.url, mailboxes=f"souq={box.url}?done=Answered", **MAIL)
        box.put(mail().as_bytes())
        got = answer(out)

        assert got["To"].addresses[0].addr_spec == "sara@example.com"
        eventually(lambda: len(box.folders["Answered"]) == 1)
        assert box.folders["INBOX"] == {}


def test_a_mailbox_that_was_away_is_read_when_it_is_back(start_desk, out):
    box = ImapServer()
    box.__enter__()
    box.drop_after = 0
    start_desk(smtp_url=out.url, mailboxes=f"souq={box.url}", **MAIL)
    eventually(lambda: len(box.commands) > 1)
    box.put(mail().as_bytes())
    box.drop_after = None

    assert answer(out)
    box.__exit__()


def test_a_mail_that_came_before_a_restart_is_answered_after_it(start_desk, rasa, out):
    held = threading.Event()
    rasa.then(held)
    settings = {"smtp_url": out.url, "mail_listen": "127.0.0.1:0", **MAIL}
    desk = start_desk(shutdown_grace=timedelta(milliseconds=50), **settings)
    deliver(desk, mail())
    eventually(lambda: rasa.asked)
    desk.stop()
    held.set()
    assert out.box.mails == []
    desk = start_desk(**settings)

    assert answer(out)
    assert ended(desk, answered=1)


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


def test_whatever_comes_is_kept_and_comes_to_an_end(start_desk, rasa, out):
    with ImapServer() as box:
        desk = start_desk(
            smtp_url=out.url, mailboxes=f"souq={box.url}", mails_per_sender=99, **MAIL
        )
        for raw in NASTY:
            box.put(raw)
        eventually(
            lambda: sum(fates(desk).values()) == len(NASTY) and "waiting" not in fates(desk),
            within=60,
        )
        assert "broken" not in fates(desk)
        eventually(lambda: len(out.box.mails) == fates(desk)["answered"])
        assert {made["To"].addresses[0].addr_spec for made in out.box.mails} == {"sara@example.com"}
        assert all(len(made["To"].addresses) == 1 for made in out.box.mails)


def test_no_words_and_no_address_reach_the_log(desk, out, caplog):
    deliver(desk, mail("سر كبير"))
    answer(out)
    ended(desk, answered=1)
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("jawab")]

    for secret in ("sara@example.com", "سر كبير", "الحذاء", "Sara"):
        assert not any(secret in line for line in ours)


@pytest.mark.parametrize(
    "settings",
    [
        {"mailboxes": "souq=imaps://u:p@mail.example"},
        {"mail_listen": "127.0.0.1:0"},
        {"mail_addresses": "souq=help@souq.example"},
        {"mail_addresses": "help@souq.example"},
    ],
)
def test_settings_that_do_not_go_together_are_refused(settings):
    with pytest.raises(ValueError, match=r"JAWAB_MAIL|souq=help"):
        Settings(_env_file=None, **settings)


def test_a_mailbox_of_no_shops_is_refused(start_desk, out):
    with pytest.raises(DeskError, match="JAWAB_MAILBOXES"):
        start_desk(smtp_url=out.url, mailboxes="nobody=imaps://u:p@mail.example", **MAIL)
