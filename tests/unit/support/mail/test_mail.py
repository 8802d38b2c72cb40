"""The e-mails: every notice in every language, safe to send, and in one thread."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from jawab.knowledge import InvalidKnowledge, load
from jawab.settings import PROJECT
from jawab.support.deliveries.notices import Notice
from jawab.support.mail import texts as mail_texts
from jawab.support.mail.composing import compose
from jawab.support.mail.signs import MailSigns
from jawab.support.tickets import topics
from jawab.text.language import Lang

from .saras_ticket import NOW, TICKET

SIGNS = MailSigns("k" * 40)


@pytest.fixture(scope="module")
def project():
    return load(PROJECT), topics.load(PROJECT), mail_texts.load(PROJECT)


@pytest.fixture
def mail(project):
    knowledge, ticket_topics, texts = project

    def composed(notice=Notice.OPENED, ticket=TICKET, **more):
        made = compose(
            notice,
            ticket,
            shop=knowledge.shops[ticket.shop],
            topics=ticket_topics,
            texts=texts,
            sender="support@shop.example",
            signs=SIGNS,
            now=NOW,
            **{"number": 7, "answer": "فردا می‌رسد", **more},
        )
        return message_from_bytes(made.as_bytes(), policy=default)

    return composed


def parts(mail):
    return [
        mail.get_body(preferencelist=(kind,)).get_content().replace("\r\n", "\n")
        for kind in ("plain", "html")
    ]


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("shop", ["digikala", "souq"])
@pytest.mark.parametrize("notice", list(Notice))
def test_every_notice_is_whole_in_every_language(mail, notice, shop, lang):
    made = mail(notice, replace(TICKET, shop=shop, lang=lang))
    plain, html = parts(made)
    assert "JW-K37-W9F2" in made["Subject"]
    assert "JW-K37-W9F2" in plain
    assert '<bdi dir="ltr">JW-K37-W9F2</bdi>' in html
    assert f'<html lang="{lang.value}" dir="{"ltr" if lang is Lang.EN else "rtl"}">' in html
    for text in (made["Subject"], plain, html.replace(html.split("<body")[1].split(">")[0], "")):
        assert "{" not in text
    assert ("فردا می‌رسد" in plain) is (notice is Notice.ANSWERED)
    assert "راز من" not in plain + html
    assert made["Content-Language"] == lang.value


def test_the_promise_is_told(mail):
    plain, _ = parts(mail())
    assert "جمعه ۶ آذر (۲۷ نوامبر) ساعت ۱۲:۳۰" in plain
    assert "«ارسال و تحویل»" in plain
    assert plain.strip().endswith("پشتیبانی دیجی‌کالا")


def test_who_it_is_from_and_to(mail):
    made = mail()
    assert made["From"].addresses[0].display_name == "دیجی‌کالا"
    assert made["From"].addresses[0].addr_spec == "support@shop.example"
    assert made["To"].addresses[0].display_name == "سارا احمدی"
    assert made["To"].addresses[0].addr_spec == "sara@example.com"
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Date"].datetime == NOW


def test_the_notices_of_a_ticket_are_one_thread_and_keep_their_ids(mail):
    opened, answered = mail(), mail(Notice.ANSWERED)
    assert opened["Message-ID"] == SIGNS.message_id("JW-K37-W9F2", "support@shop.example")
    assert opened["In-Reply-To"] is None
    assert answered["In-Reply-To"] == answered["References"] == opened["Message-ID"]
    assert answered["Message-ID"] == SIGNS.message_id("JW-K37-W9F2", "support@shop.example", "7")
    assert mail(Notice.ANSWERED)["Message-ID"] == answered["Message-ID"]
    assert mail(Notice.ANSWERED, number=8)["Message-ID"] != answered["Message-ID"]


def test_markup_stays_text(mail):
    evil = '<script>alert("x")</script> & {shop} <a href=x>'
    plain, html = parts(mail(Notice.ANSWERED, answer=f"{evil}\n\nخط دوم\nخط سوم"))
    assert evil in plain
    assert "<script" not in html
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; {shop}" in html
    assert "خط دوم<br>خط سوم" in html


@pytest.mark.parametrize("name", ['x", <all@example.com>, "', "a@b", "سارا; رضا", "=?utf-8?q?x?="])
def test_no_name_makes_a_second_receiver(mail, name):
    made = mail(ticket=replace(TICKET, name=name))
    (to,) = made["To"].addresses
    assert to.addr_spec == "sara@example.com"


def test_it_survives_a_seven_bit_way(mail, project):
    raw = compose(
        Notice.OPENED,
        TICKET,
        shop=project[0].shops["digikala"],
        topics=project[1],
        texts=project[2],
        sender="support@shop.example",
        signs=SIGNS,
        number=1,
        now=NOW,
    ).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  closing:", "  clossing:", "did you mean 'closing'?"),
        ("      en: Your request {reference} has been resolved\n", "", "add subject.en"),
        ("({reference})", "({reference)", "'opened' has a"),
        ("mail:\n", "mails:\n", "did you mean 'mail'?"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_remedy(tmp_path, old, new, said):
    text = (PROJECT / mail_texts.FILE).read_text(encoding="utf-8")
    path = tmp_path / mail_texts.FILE
    path.parent.mkdir(parents=True)
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidKnowledge) as refused:
        mail_texts.load(tmp_path)
    assert mail_texts.FILE in str(refused.value)
    assert said in str(refused.value)
