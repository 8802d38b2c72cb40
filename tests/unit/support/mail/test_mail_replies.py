"""The mails of a conversation by e-mail, in every language: one answer with its ticket, then what agents write."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from jawab.knowledge import load
from jawab.settings import PROJECT
from jawab.support.conversations.message import Author, Message
from jawab.support.mail import texts as mail_texts
from jawab.support.mail.incoming import MailThread
from jawab.support.mail.replies import EnclosedFile, Writing, first_answer, written
from jawab.support.mail.signs import MailSigns
from jawab.support.tickets.ticket import Origin
from jawab.text.language import Lang

from .saras_ticket import NOW
from .saras_ticket import TICKET as WIDGET_TICKET

SIGNS = MailSigns("k" * 40)
TICKET = replace(WIDGET_TICKET, topic="other", origin=Origin.EMAIL)
THREAD = MailThread("c", "info@shop.example", "sara@example.com", "سارا", "کفش", "<1@example.com>")
MESSAGE = Message(5, "c", Author.AGENT, "فردا می‌رسد <b>", Lang.FA, NOW, signature="مریم")


@pytest.fixture(scope="module")
def by():
    return Writing(load(PROJECT).shops["digikala"], mail_texts.load(PROJECT), SIGNS)


def read(mail):
    return message_from_bytes(mail.as_bytes(), policy=default)


def parts(mail):
    return [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("answer", ["", "خط یک\nخط دو"])
def test_the_first_answer_is_whole_in_every_language(by, lang, answer):
    made = read(first_answer(replace(TICKET, lang=lang), THREAD, answer, by=by, now=NOW))
    plain, html = parts(made)

    assert (answer in plain.replace("\r\n", "\n")) or not answer
    assert "JW-K37-W9F2" in plain
    assert f'dir="{"ltr" if lang is Lang.EN else "rtl"}"' in html
    assert "{" not in made["Subject"] + plain
    assert "راز من" not in plain
    assert made["Message-ID"] == SIGNS.message_id("JW-K37-W9F2", "info@shop.example")
    assert made["In-Reply-To"] == THREAD.last_id


def test_what_an_agent_writes_bears_their_name_and_their_files(by, tmp_path):
    photo = tmp_path / "content"
    photo.write_bytes(b"\xff\xd8\xff a photo")
    made = read(
        written(
            TICKET,
            THREAD,
            MESSAGE,
            [EnclosedFile(photo, "رسید.jpg", "image/jpeg")],
            by=by,
            now=NOW,
        )
    )
    plain, html = parts(made)

    assert plain.startswith("فردا می‌رسد <b>\r\n\r\nمریم") or plain.startswith(
        "فردا می‌رسد <b>\n\nمریم"
    )
    assert "&lt;b&gt;" in html
    assert made["Auto-Submitted"] is None
    (file,) = made.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("رسید.jpg", b"\xff\xd8\xff a photo")


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("کفش", "Re: کفش (JW-K37-W9F2)"),
        ("Re: RE: پاسخ: کفش", "Re: کفش (JW-K37-W9F2)"),
        ("رد: الحذاء JW-K37-W9F2", "Re: الحذاء JW-K37-W9F2"),
        ("", "Re: (JW-K37-W9F2)"),
        ("x\r\nBcc: all@example.com", "Re: x Bcc: all@example.com (JW-K37-W9F2)"),
    ],
)
def test_the_subject_goes_on_with_the_reference(by, subject, answered):
    made = read(first_answer(TICKET, replace(THREAD, subject=subject), "", by=by, now=NOW))

    assert made["Subject"] == answered
    assert made["Bcc"] is None


@pytest.mark.parametrize("last_id", ["", "no id", "<a b@c>", "<a@b>\r\nBcc: x@y.example"])
def test_an_id_that_is_none_is_not_answered_to(by, last_id):
    made = read(first_answer(TICKET, replace(THREAD, last_id=last_id), "", by=by, now=NOW))

    assert made["In-Reply-To"] is None
    assert made["Bcc"] is None


def test_only_our_own_ids_name_a_ticket():
    own = SIGNS.message_id("JW-K37-W9F2", "info@shop.example", "m5")
    other = MailSigns("x" * 40).message_id("JW-K37-W9F2", "info@shop.example")

    assert SIGNS.ticket_of(["<1@example.com>", own]) == "JW-K37-W9F2"
    assert SIGNS.ticket_of([own.upper()]) == "JW-K37-W9F2"
    assert SIGNS.ticket_of([other]) is None
    assert SIGNS.ticket_of([own.replace("K37", "K38")]) is None
    assert SIGNS.ticket_of(["<JW-K37-W9F2@shop.example>", ""]) is None
