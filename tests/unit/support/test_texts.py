"""What is stored of a text, and what the bot gets of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.support.errors import EmptyMessage, MessageTooLong
from jawab.support.texts import accepted, for_bot, storable, storable_values, visible

any_text = st.text(st.characters(), max_size=60)  # lone surrogates and NUL among them


@settings(deadline=None)  # a busy machine is no fault
@given(any_text)
def test_what_is_storable_can_be_encoded_and_stays_so(text):
    kept = storable(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert storable(kept) == kept


@settings(deadline=None)  # a busy machine is no fault
@given(any_text)
def test_the_bot_never_gets_a_leading_slash_even_after_any_strip(text):
    assert not for_bot(text).strip().startswith("/")


@settings(deadline=None)  # a busy machine is no fault
@given(any_text)
def test_the_bots_text_is_as_long_as_the_visible_one(text):
    assert len(for_bot(text)) == len(visible(text))


@settings(deadline=None)  # a busy machine is no fault
@given(any_text)
def test_an_accepted_text_has_something_to_see(text):
    try:
        kept = accepted(text, limit=50)
    except (EmptyMessage, MessageTooLong):
        return
    assert visible(kept)
    assert kept == storable(text)


def test_the_limit_counts_characters():
    assert accepted("س" * 10, limit=10) == "س" * 10
    with pytest.raises(MessageTooLong, match="10"):
        accepted("س" * 11, limit=10)


def test_lists_and_dictionaries_are_cleaned_through_and_through():
    assert storable_values({"a\x00": ["\ud800", {"b": "c\x00"}, 1, None, True, 0.5]}) == {
        "a": ["\ufffd", {"b": "c"}, 1, None, True, 0.5]
    }
