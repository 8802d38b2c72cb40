"""Hostile words through messaging apps: stored without what nobody can hold, answered, and sent back in one piece."""

import pytest

from ..unit.desk.hostile import CONTROLS, HOSTILE, MARK
from ..unit.desk.running import eventually
from .conftest import transcript


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_from_an_app_are_stored_tamed_and_answered(sara, desk, words):
    sara.say(words)
    said = eventually(lambda: [m for m in transcript(desk, sara) if m.author.value == "bot"])
    assert said
    (typed,) = [m for m in transcript(desk, sara) if m.author.value == "shopper"]
    assert MARK in typed.text
    assert set(typed.text) & CONTROLS == set()


@pytest.mark.parametrize("words", ["س" * 100_000, "😀" * 10_000], ids=["100 kB", "emoji"])
def test_what_is_huge_is_answered_and_the_app_is_not_asked_to_send_it_again(sara, desk, words):
    sara.say(words)
    assert eventually(lambda: [m for m in transcript(desk, sara) if m.author.value == "bot"])
