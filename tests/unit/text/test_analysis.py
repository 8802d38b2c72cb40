"""The one entry: language, native script, folded form and tokens together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.text.analysis import LONGEST_TEXT, analyze
from jawab.text.lang import Lang


@pytest.mark.parametrize("text", ["", " \n\t", "\u200c", "\ud800", "🙂"])
def test_a_text_without_words_is_analysed(text):
    found = analyze(text, prior=Lang.AR)
    assert (found.raw, found.lang, found.folded, found.confidence) == (text, Lang.AR, "", 0.0)


def test_finglish_and_persian_meet_in_one_form():
    latin = analyze("chejoori poolam ro pas begiram?", prior=Lang.EN)
    native = analyze("چجوری پولم رو پس بگیرم؟", prior=Lang.EN)
    assert latin.latin
    assert not native.latin
    assert latin.folded == native.folded == "چطور پولم را پس بگیرم"


def test_dialects_and_arabizi_meet_in_one_form():
    forms = {
        analyze(text, prior=Lang.AR).folded for text in ("وين طلبي؟", "فين طلبي", "wein talabi")
    }
    assert forms == {"اين طلبي"}


def test_tokens_of_a_latin_text_carry_native_lemmas_and_raw_offsets():
    found = analyze("mikham sefareshamo laghv konam", prior=Lang.FA)
    assert [t.lemma for t in found.tokens] == ["میخواهم", "سفارشم را", "لغو", "کنم"]
    assert all(found.raw[t.start : t.end] == t.text for t in found.tokens)


def test_only_the_beginning_of_a_huge_text_is_analysed():
    found = analyze("سفارش " * 20_000, prior=Lang.FA)
    assert len(found.raw) == 120_000
    assert found.tokens[-1].end <= LONGEST_TEXT
    assert len(found.folded) <= LONGEST_TEXT


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())), st.sampled_from(list(Lang)))
def test_any_string_is_analysed(text, prior):
    found = analyze(text, prior=prior)
    assert found.raw == text
    assert all(text[t.start : t.end] == t.text for t in found.tokens)
