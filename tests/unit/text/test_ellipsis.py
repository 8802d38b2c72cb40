"""Short questions that leave their topic unsaid, and those that name one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.text.analysis import analyze
from jawab.text.ellipsis import sides
from jawab.text.lang import Lang

UNSAID = [
    ("چقدر طول می‌کشه؟", Lang.FA, {"time"}),
    ("هزینه‌ش با کیه؟", Lang.FA, {"cost"}),
    ("و شرایطش چیه", Lang.FA, {"conditions"}),
    ("chand rooz tool mikeshe", Lang.FA, {"time"}),
    ("وكم تكلف؟", Lang.AR, {"cost"}),
    ("ومتى؟", Lang.AR, {"time"}),
    ("وكيف؟", Lang.AR, {"how"}),
    ("how much does it cost?", Lang.EN, {"cost"}),
    ("and how long?", Lang.EN, {"time"}),
    ("until when?", Lang.EN, {"deadline"}),
    ("and this one?", Lang.EN, set()),
]


@pytest.mark.parametrize(("text", "lang", "asked"), UNSAID, ids=[row[0] for row in UNSAID])
def test_words_tell_which_side_is_asked_for(text, lang, asked):
    assert sides(analyze(text, prior=lang)) == asked


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("هزینه ارسال چقدره؟", Lang.FA),
        ("کد تخفیف چقدر طول می‌کشه؟", Lang.FA),
        ("كم رسوم التوصيل؟", Lang.AR),
        ("وين طلبي؟", Lang.AR),
        ("how much is shipping?", Lang.EN),
        ("how do I pay?", Lang.EN),
        ("how long " * 6, Lang.EN),
        ("", Lang.EN),
        ("؟!", Lang.FA),
    ],
)
def test_what_names_a_topic_or_says_nothing_stands_by_itself(text, lang):
    assert sides(analyze(text, prior=lang)) is None


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60), st.sampled_from(list(Lang)))
def test_any_text_can_be_asked(text, lang):
    found = sides(analyze(text, prior=lang))
    assert found is None or "empty" not in found
