"""Accidents of typing that the robustness figures rest on."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.noise import ACCIDENTS, ZWNJ, no_half_space, other_keyboard, typo


@pytest.mark.parametrize("text", ["سفارشم کجاست", "وين طلبي", "where is my order"])
def test_a_typo_changes_one_place_of_the_text(text):
    seen = {typo(text, random.Random(seed)) for seed in range(40)}
    assert len(seen - {text}) > 5
    assert all(abs(len(changed) - len(text)) <= 1 for changed in seen)


def test_a_text_of_hardly_any_letters_is_left_alone():
    assert typo("12 ؟", random.Random(0)) == "12 ؟"


def test_no_half_space_is_left():
    spellings = {no_half_space(f"می{ZWNJ}رسه", random.Random(seed)) for seed in range(10)}
    assert spellings == {"میرسه", "می رسه"}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        pytest.param("کی میاد", "كي مياد", id="Persian on an Arabic keyboard"),
        pytest.param("وين طلبية", "وین طلبیه", id="Arabic on a Persian keyboard"),
        pytest.param("where", "where", id="English stays"),
    ],
)
def test_the_other_keyboard_has_other_letters(text, typed):
    assert other_keyboard(text, random.Random(0)) == typed


@given(text=st.text(max_size=40), seed=st.integers(0, 99))
def test_any_text_can_have_an_accident(text, seed):
    for accident in ACCIDENTS.values():
        assert isinstance(accident(text, random.Random(seed)), str)
        assert accident(text, random.Random(seed)) == accident(text, random.Random(seed))
