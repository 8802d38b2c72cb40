"""What the form says, in three languages: questions, mistakes, the summary."""

from dataclasses import replace
from datetime import datetime, timezone
from itertools import product
from pathlib import Path

import pytest

from jawab.knowledge import load
from jawab.support.forms.answers import Problem
from jawab.support.forms.talk import FormTalk
from jawab.support.forms.ticket_form import SKIPPED, Field, TicketForm
from jawab.support.tickets import topics as ticket_topics
from jawab.text.language import Lang

ROOT = Path(__file__).parents[4]
TOPICS = ticket_topics.load(ROOT)
KNOWLEDGE = load(ROOT)
NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
FULL = TicketForm(
    topic="after_sales",
    subtopic="refund",
    message="پولم\n\nبرنگشته",
    order_number="12345678",
    name="سارا احمدی",
    phone="+989121234567",
    email="sara@example.com",
    files=("a", "b"),
)
every_lang = pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)


def talk(lang=Lang.FA, shop="digikala"):
    return FormTalk(KNOWLEDGE, TOPICS, shop, lang, NOW)


@every_lang
@pytest.mark.parametrize("field", list(Field))
def test_every_question_is_asked_in_every_language(lang, field):
    text = talk(lang).ask(FULL.without(field), field).text
    assert text.strip()
    assert "{" not in text


@every_lang
def test_no_two_questions_are_the_same(lang):
    texts = [talk(lang).ask(FULL.without(field), field).text for field in Field]
    assert len(set(texts)) == len(texts)


@every_lang
@pytest.mark.parametrize(
    ("field", "problem"),
    [
        *product(Field, [Problem.CHOICE, Problem.CONTACT, Problem.CONFIRMED, Problem.WHICH]),
        *((Field(problem.value), problem) for problem in Problem if problem.value in [*Field]),
        *(
            (field, Problem.NEEDED)
            for field in (Field.TOPIC, Field.ORDER_NUMBER, Field.NAME, Field.PHONE, Field.EMAIL)
        ),
    ],
)
def test_every_mistake_is_told_in_every_language(lang, field, problem):
    assert talk(lang).wrong(FULL, field, problem).text.strip()


def meanings(draft):
    return [choice.meaning for choice in draft.choices]


@every_lang
def test_topics_are_offered_as_buttons_the_guessed_one_first(lang):
    asked = talk(lang).ask(TicketForm(guess="payment"), Field.TOPIC)
    assert TOPICS.by_id["payment"].title[lang] in asked.text
    assert meanings(asked)[0]["value"] == "payment"
    assert {m["value"] for m in meanings(asked)} == set(TOPICS.by_id)


def test_subtopics_are_those_of_the_topic():
    asked = talk().ask(replace(FULL, subtopic=None), Field.SUBTOPIC)
    assert [m.get("value") for m in meanings(asked)] == [
        *TOPICS.by_id["after_sales"].subtopics,
        None,
    ]


def test_what_may_be_left_out_has_a_button_for_it_and_what_is_needed_has_none():
    delivery = replace(FULL, topic="delivery", order_number=None)
    asked = talk().ask(delivery, Field.ORDER_NUMBER)
    assert meanings(asked) == [{"ticket": "skip", "field": "order_number"}]
    assert talk().ask(FULL.without(Field.ORDER_NUMBER), Field.ORDER_NUMBER).choices == ()


def test_what_can_be_changed_is_what_was_answered():
    which = talk().wrong(replace(FULL, email=SKIPPED), Field.CONFIRMED, Problem.WHICH)
    assert [m["field"] for m in meanings(which)] == [
        "topic", "subtopic", "message", "order_number", "name", "phone", "email", "files",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (Lang.FA, ["موضوع: خدمات پس از فروش و مرجوعی", "شماره سفارش: ۱۲۳۴۵۶۷۸", "شماره موبایل: ۰۹۱۲۱۲۳۴۵۶۷", "عکس و ویدیو: ۲"]),
        (Lang.AR, ["تفاصيل الموضوع: استرداد المبلغ", "رقم الطلب: 12345678", "رقم الجوال: 09121234567"]),
        (Lang.EN, ["Topic: After-sales service and returns", "Mobile number: 09121234567", "Photos and videos: 2"]),
    ],
)  # fmt: skip
def test_the_summary_shows_every_answer_as_people_write_it(lang, lines):
    summary = talk(lang).summary(FULL)
    for line in lines:
        assert f"• {line}" in summary.splitlines()
    assert "\n\n" not in summary


def test_a_saudi_number_is_shown_as_it_is_dialled_there():
    assert "0501234567" in talk(Lang.AR, "souq").summary(replace(FULL, phone="+966501234567"))


def test_what_was_left_out_is_not_in_the_summary():
    summary = talk().summary(replace(FULL, email=SKIPPED, files=(), subtopic=SKIPPED))
    assert len(summary.splitlines()) == 5


def test_a_long_message_is_shown_in_part():
    summary = talk().summary(replace(FULL, message="کلمه " * 500))
    assert len(summary) < 500
    assert "…" in summary


def test_a_summary_with_braces_in_it_is_no_template():
    shown = talk().ask(replace(FULL, message="{shop} {x} }{", confirmed=None), Field.CONFIRMED)
    assert "{shop} {x} }{" in shown.text


@every_lang
def test_the_widget_is_told_what_kind_of_answer_is_asked(lang):
    assert talk(lang).shape(FULL.without(Field.PHONE), Field.PHONE) == {
        "id": "ticket", "field": "phone", "input": "tel", "optional": True, "step": 6, "steps": 9,
    }  # fmt: skip
    assert talk(lang).shape(TicketForm(topic="other"), Field.MESSAGE)["steps"] == 8
