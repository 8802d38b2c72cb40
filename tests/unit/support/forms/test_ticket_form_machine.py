"""Whatever a shopper writes or presses, in any order, the form keeps its promises."""

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from jawab.knowledge import load
from jawab.support.forms.answers import Heard, Hearing, Said
from jawab.support.forms.talk import FormTalk
from jawab.support.forms.ticket_form import SKIPPED, Field, TicketForm
from jawab.support.tickets import topics as ticket_topics
from jawab.text.language import Lang

ROOT = Path(__file__).parents[4]
TOPICS = ticket_topics.load(ROOT)
KNOWLEDGE = load(ROOT)
NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
TEXTS = [
    "بله", "نه", "ندارم", "skip", "ليس لدي", "yes", "لا", "شماره رو اشتباه گفتم", "change the e-mail",
    "الاسم خطأ", "سارا احمدی", "محمد", "۰۹۱۲۱۲۳۴۵۶۷", "٠٥٠١٢٣٤٥٦٧", "09121", "sara@example.com", "sara@",
    "۱۲۳۴۵۶۷۸", "١٢٣٤", "پرداخت", "Delivery", "الدفع", "۲", "سفارشم نرسیده و کسی جواب نمی‌دهد", "؟", "",
]  # fmt: skip
ACTS = [
    None,
    "affirm",
    "deny",
    "greet",
    "talk_to_human",
    "delivery_cost",
    "out_of_scope",
    "open_ticket",
]
RIGHT = {
    Field.TOPIC: "خدمات پس از فروش و مرجوعی",
    Field.SUBTOPIC: "هیچ‌کدام",
    Field.MESSAGE: "کفشم سایزم نبود",
    Field.ORDER_NUMBER: "۱۲۳۴۵۶۷۸",
    Field.NAME: "سارا",
    Field.PHONE: "۰۹۱۲۱۲۳۴۵۶۷",
    Field.EMAIL: "sara@example.com",
    Field.FILES: "ندارم",
    Field.CONFIRMED: "بله",
}


class Filling(RuleBasedStateMachine):
    """A shopper and the form."""

    def __init__(self):
        super().__init__()
        self.form = TicketForm()
        self.hearing = Hearing(TOPICS)
        self.talk = FormTalk(KNOWLEDGE, TOPICS, "digikala", Lang.FA, NOW)
        self.offered = []

    @property
    def asked(self):
        return self.form.next_field(TOPICS)

    def hear(self, said):
        before, asked = self.form, self.asked
        answer = self.hearing.hear(before, asked, said)
        if answer.heard in (Heard.ELSEWHERE, Heard.STOPPED, Heard.REPEAT):
            assert answer.form == before
            assert answer.problem is None
        if answer.heard is Heard.WRONG:
            assert answer.problem is not None
            assert answer.form.value(asked) == before.value(asked)
            told = self.talk.wrong(answer.form, asked, answer.problem)
            assert told.text
            self.offered = list(told.choices)
        self.form = answer.form

    @precondition(lambda self: self.asked is not None)
    @rule(
        text=st.sampled_from(TEXTS) | st.text(max_size=12),
        act=st.sampled_from(ACTS),
        lang=st.sampled_from(Lang),
        files=st.lists(st.sampled_from("ab"), max_size=1),
    )
    def writes(self, text, act, lang, files):
        question = act == "delivery_cost"
        self.hear(Said(text, lang, act=act, question=question, files=tuple(files)))

    @precondition(lambda self: self.asked is not None)
    @rule(data=st.data())
    def presses(self, data):
        choices = [*self.talk.ask(self.form, self.asked).choices, *self.offered]
        if choices:
            choice = data.draw(st.sampled_from(choices))
            self.hear(Said(choice.title, Lang.FA, button=choice.meaning))

    @precondition(lambda self: self.asked is not None)
    @rule()
    def answers_rightly(self):
        asked = self.asked
        self.hear(Said(RIGHT[asked], Lang.FA))
        assert self.asked is not asked

    @precondition(lambda self: self.asked is None)
    @rule(data=st.data())
    def opens_a_question_again(self, data):
        field = data.draw(st.sampled_from(self.form.applying(TOPICS)))
        self.form = self.form.without(field)
        assert self.asked is field

    @invariant()
    def survives_being_kept(self):
        assert TicketForm.of(self.form.as_values()) == self.form

    @invariant()
    def always_asks_with_words(self):
        if self.asked is not None:
            shape = self.talk.shape(self.form, self.asked)
            assert 1 <= shape["step"] <= shape["steps"]
            assert self.talk.ask(self.form, self.asked).text.strip()

    @invariant()
    def confirmed_means_whole(self):
        if not self.form.confirmed or self.asked is not None:
            return
        form = self.form
        topic = TOPICS.find(form.topic, form.subtopic or None)
        assert form.message
        assert form.name
        assert form.phone or form.email
        assert form.order_number or not topic.needs_order_number
        assert replace(form, confirmed=None).next_field(TOPICS) is Field.CONFIRMED

    @invariant()
    def what_is_needed_is_never_left_out(self):
        assert SKIPPED not in (self.form.topic, self.form.message, self.form.name)
        assert not (self.form.phone == SKIPPED == self.form.email)


TestFilling = Filling.TestCase
TestFilling.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
