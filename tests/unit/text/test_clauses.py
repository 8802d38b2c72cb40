"""Where a message may hold a second question, and where its question is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.text.analysis import analyze
from jawab.text.clauses import Asking, Seam, cuts, heart
from jawab.text.lang import Lang

SECOND = [
    pytest.param("سفارشم کجاست؟ چطور لغوش کنم؟", Lang.FA, "چطور لغوش کنم؟", Seam.MARK, id="fa"),
    pytest.param("ساعت کاری چنده و شماره تلفن چیه", Lang.FA, "و شماره تلفن چیه", Seam.JOIN, id="و"),
    pytest.param("وين طلبي؟ وكيف ألغيه؟", Lang.AR, "وكيف ألغيه؟", Seam.MARK, id="ar"),
    pytest.param("كم الشحن وكيف أرجع منتج", Lang.AR, "وكيف أرجع منتج", Seam.JOIN, id="وكيف"),
    pytest.param("how do I pay and what is it", Lang.EN, "and what is it", Seam.JOIN, id="en"),
    pytest.param("how do I pay\nwhen do you open", Lang.EN, "when do you open", Seam.LINE, id="line"),
    pytest.param("koja ast? va chetor laghv konam?", Lang.FA, "va chetor laghv konam?", Seam.MARK, id="finglish"),
    pytest.param("wein talabi w kif alghih", Lang.AR, "w kif alghih", Seam.JOIN, id="arabizi"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lang", "second", "seam"), SECOND)
def test_a_second_question_may_begin_here(text, lang, second, seam):
    found = [cut for cut in cuts(analyze(text, prior=lang)) if cut.first and cut.second]
    assert [(text[cut.at :], cut.seam) for cut in found] == [(second, seam)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("نام و نام خانوادگی را چطور عوض کنم؟", Lang.FA),
        ("كيف أعدل الاسم والعنوان في حسابي؟", Lang.AR),
        ("how do I change my name and address?", Lang.EN),
        ("I bought a lamp and it broke. What now?", Lang.EN),
    ],
)
def test_an_and_within_one_question_is_no_place_for_a_second(text, lang):
    found = cuts(analyze(text, prior=lang))
    assert [cut for cut in found if cut.first and cut.second] == []


def test_a_greeting_before_the_first_question_is_left_out_of_it():
    text = "Hello there. Where is my order? And how do I cancel it?"
    (cut,) = [c for c in cuts(analyze(text, prior=Lang.EN)) if c.first]
    assert text[cut.start : cut.at].strip() == "Where is my order?"
    assert (cut.first, cut.second) == (Asking.BY_MARK, Asking.BY_MARK)


@pytest.mark.parametrize(
    ("text", "lang", "question"),
    [
        ("سلام، خسته نباشید. سفارشم کجاست؟ ممنون", Lang.FA, "سفارشم کجاست؟"),
        ("السلام عليكم. وين طلبي؟ شكرًا!", Lang.AR, "وين طلبي؟"),
        ("Hello. Where is my order? And when does it come? Bye!", Lang.EN, "Where is my order? And when does it come?"),
    ],
)  # fmt: skip
def test_the_heart_of_a_message_is_from_its_first_question_to_its_last(text, lang, question):
    assert heart(analyze(text, prior=lang)) == question


@pytest.mark.parametrize("text", ["Where is my order?", "Thanks. Bye.", "", "?!", "\ud800?"])
def test_what_is_all_question_or_none_has_no_heart(text):
    assert heart(analyze(text, prior=Lang.EN)) is None


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from("و w?؟.،,\nhow چه كم ya"), max_size=80), st.sampled_from(list(Lang)))
def test_every_cut_lies_within_the_text(text, lang):
    for cut in cuts(analyze(text, prior=lang)):
        assert 0 <= cut.start < cut.at < len(text)
        assert text[cut.at :].strip()
        assert text[cut.start : cut.at].strip()


@pytest.mark.parametrize("piece", ["how? ", "و چه ", "وكم ", "\n", "?", "and, "])
def test_a_huge_message_is_looked_through(piece):
    assert len(cuts(analyze(piece * 30_000, prior=Lang.FA))) <= 120
