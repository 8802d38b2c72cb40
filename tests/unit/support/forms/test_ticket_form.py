"""The ticket form as values: what is asked next, and what an answer takes along."""

from dataclasses import replace
from pathlib import Path

import pytest

from jawab.knowledge import load
from jawab.support.forms.ticket_form import SKIPPED, Field, TicketForm
from jawab.support.handovers.handover import Reason

from .filled_form import FULL, TOPICS

ROOT = Path(__file__).parents[4]


def order_of(form):
    """Fill question after question and note what was asked."""
    asked = []
    while (field := form.next_field(TOPICS)) is not None:
        asked.append(field)
        value = {Field.TOPIC: "delivery", Field.FILES: (), Field.CONFIRMED: True}.get(field, "x")
        form = form.with_value(field, value, TOPICS)
    return asked


def test_everything_is_asked_in_order():
    assert order_of(TicketForm()) == list(Field)


def test_a_topic_without_subtopics_has_no_second_question():
    assert Field.SUBTOPIC not in TicketForm(topic="other").applying(TOPICS)
    assert TicketForm(topic="other").next_field(TOPICS) is Field.MESSAGE


def test_only_what_is_not_known_is_asked():
    known = {"name": "سارا", "phone": "+989121234567", "email": "s@example.com"}
    assert order_of(TicketForm().with_known(known)) == [
        Field.TOPIC, Field.SUBTOPIC, Field.MESSAGE, Field.ORDER_NUMBER, Field.FILES, Field.CONFIRMED,
    ]  # fmt: skip


def test_what_was_answered_is_not_overwritten_by_what_was_known():
    form = replace(FULL, phone=SKIPPED)
    assert form.with_known({"name": "another", "phone": "+989120000000"}) == form


def test_of_phone_and_email_an_earlier_ticket_tells_which_is_enough():
    form = TicketForm().with_earlier({"name": "سارا", "email": "s@example.com"})
    assert (form.phone, form.email) == (SKIPPED, "s@example.com")
    assert TicketForm().with_earlier({}) == TicketForm()
    both = TicketForm().with_earlier({"phone": "+989121234567", "email": "s@example.com"})
    assert (both.phone, both.email) == ("+989121234567", "s@example.com")


def test_known_values_that_are_none_are_left_alone():
    assert TicketForm().with_known({"name": None, "phone": 5, "email": ""}) == TicketForm()


@pytest.mark.parametrize(
    ("form", "field", "may"),
    [
        pytest.param(replace(FULL, topic="delivery"), Field.ORDER_NUMBER, True, id="no order"),
        pytest.param(FULL, Field.ORDER_NUMBER, False, id="returns need an order"),
        pytest.param(TicketForm(), Field.PHONE, True, id="the phone, an e-mail may follow"),
        pytest.param(replace(FULL, email=SKIPPED), Field.PHONE, False, id="no e-mail, so a phone"),
        pytest.param(replace(FULL, phone=SKIPPED), Field.EMAIL, False, id="no phone, so an e-mail"),
        pytest.param(FULL, Field.EMAIL, True, id="the e-mail beside a phone"),
        pytest.param(FULL, Field.SUBTOPIC, True, id="the subtopic"),
        pytest.param(FULL, Field.FILES, True, id="photos"),
        pytest.param(FULL, Field.NAME, False, id="the name"),
        pytest.param(FULL, Field.MESSAGE, False, id="the message"),
        pytest.param(FULL, Field.TOPIC, False, id="the topic"),
        pytest.param(FULL, Field.CONFIRMED, False, id="the confirmation"),
    ],
)
def test_what_is_not_needed_may_be_left_out(form, field, may):
    assert form.may_skip(field, TOPICS) is may


def test_another_topic_opens_its_subtopic_and_the_confirmation_again():
    moved = replace(FULL, confirmed=True).with_value(Field.TOPIC, "payment", TOPICS)
    assert (moved.subtopic, moved.confirmed, moved.message) == (None, None, FULL.message)


def test_the_same_topic_again_changes_nothing():
    assert FULL.with_value(Field.TOPIC, "after_sales", TOPICS) == FULL


def test_a_topic_that_needs_an_order_number_asks_for_the_one_left_out():
    form = replace(FULL, topic="delivery", order_number=SKIPPED)
    assert form.with_value(Field.TOPIC, "after_sales", TOPICS).order_number is None
    assert form.with_value(Field.TOPIC, "payment", TOPICS).order_number == SKIPPED


def test_a_changed_answer_has_to_be_confirmed_anew():
    changed = replace(FULL, confirmed=True).with_value(Field.NAME, "مریم", TOPICS)
    assert changed.next_field(TOPICS) is Field.CONFIRMED


def test_a_question_opened_again_is_asked_next_and_nothing_else():
    for field in (Field.MESSAGE, Field.ORDER_NUMBER, Field.NAME, Field.PHONE, Field.EMAIL):
        again = FULL.without(field)
        assert again.next_field(TOPICS) is field
        assert replace(again, **{field.value: getattr(FULL, field.value)}) == FULL


@pytest.mark.parametrize(
    "form",
    [
        TicketForm(),
        FULL,
        replace(FULL, confirmed=True, files=("a", "b"), guess="delivery", reason=Reason.ANGRY),
        TicketForm(phone=SKIPPED),
    ],
)
def test_a_form_is_read_back_as_it_was_kept(form):
    assert TicketForm.of(form.as_values()) == form


def test_what_cannot_be_read_back_is_not_answered():
    values = {"topic": 5, "files": "abc", "confirmed": "yes", "reason": "whim", "more": 1}
    assert TicketForm.of(values) == TicketForm()


def test_a_guess_is_no_answer():
    assert TicketForm().with_guess("payment").next_field(TOPICS) is Field.TOPIC
    assert FULL.with_guess("payment") == FULL


def test_every_question_of_the_faq_that_suggests_a_topic_exists():
    knowledge = load(ROOT)
    known = {*knowledge.questions, *knowledge.topics}
    assert [s for topic in TOPICS for s in topic.suggested_by if s not in known] == []


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("returns_how", "after_sales"),
        ("refund_time", "after_sales"),
        ("product_warranty", "after_sales"),
        ("order_late", "delivery"),
        ("payment_failed", "payment"),
        ("complaint_how", "complaint"),
        ("contact_express", "express"),
        ("about_shop", None),
    ],
)
def test_a_question_suggests_what_a_ticket_after_it_is_about(question, topic):
    of = load(ROOT).questions[question].topic
    assert TOPICS.suggested(question, of) == topic
