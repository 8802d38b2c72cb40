"""References: read out, typed and written in three scripts, and no slip goes unseen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jawab.text.characters import ascii_digits
from jawab.text.reference import ALPHABET, LETTERS, PATTERN, canonical, check_sign, sound

bodies = st.builds(
    lambda first, rest: first + rest,
    st.sampled_from(LETTERS),
    st.text(ALPHABET, min_size=5, max_size=5),
)


def written(body):
    signs = body + check_sign(body)
    return f"JW-{signs[:3]}-{signs[3:]}"


references = bodies.map(written)


def test_no_sign_looks_or_sounds_like_another():
    for alike in ("0OQD", "1IL", "5S", "2Z", "8B", "6G", "UV", "MN", "PB", "FV", "TD", "KQ", "C3"):
        assert len(set(alike) & set(ALPHABET)) <= 1, alike
    assert not set("AEIOU") & set(ALPHABET)
    assert len(ALPHABET) == 19  # a prime: no weight has a divisor in common with it


@given(references)
def test_a_reference_is_read_as_it_was_written(reference):
    assert canonical(reference) == reference
    assert sound(reference)


@given(references, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_any_one_wrong_sign_is_found(reference, place, other):
    signs = list(reference[3:].replace("-", ""))
    was, signs[place] = signs[place], other
    wrong = "".join(signs)
    assert sound(f"JW-{wrong[:3]}-{wrong[3:]}") is (was == other)


@given(references, st.integers(0, 6), st.integers(0, 6))
def test_any_two_signs_that_changed_places_are_found(reference, one, two):
    signs = list(reference[3:].replace("-", ""))
    same = signs[one] == signs[two]
    signs[one], signs[two] = signs[two], signs[one]
    turned = "".join(signs)
    assert sound(f"JW-{turned[:3]}-{turned[3:]}") is same


@pytest.mark.parametrize(
    "typed",
    [
        "JW-K37-W9F2",
        "jw-k37-w9f2",
        "JWK37W9F2",
        "k37w9f2",
        "K37 W9F2",
        " jw k 3 7 w 9 f 2 ",
        "JW–K37–W9F2",
        "jw_k37.w9f2",
        "#K37-W9F2",
        "JW-K۳۷-W۹F۲",
        "JW-K٣٧-W٩F٢",
        "jw-k37-w9fz",
        "\u200fJW-K37-W9F2",
    ],
)
def test_it_is_read_in_every_form_people_give_it(typed):
    assert canonical(typed) == "JW-K37-W9F2"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "JW",
        "1234567",
        "12345678",
        "JW-K37-W9F",
        "JW-K37-W9F22",
        "AB-K37-W9F2",
        "سفارش",
        "K" * 99,
    ],
)
def test_what_has_not_the_form_is_none(typed):
    assert canonical(typed) is None


@pytest.mark.parametrize(
    "text",
    [
        "وضعیت تیکت JW-K37-W9F2 چی شد؟",
        "تذكرتي رقم jw-k٣٧-w٩f٢، وين وصلت؟",
        "what about ticket jw k37 w9f2?",
        "تیکت K37-W9F2",
        "تیکتJW-K37-W9F2",
    ],
)
def test_it_is_found_in_a_message(text):
    plain = ascii_digits(text)
    assert [canonical(found[0]) for found in PATTERN.finditer(plain)] == ["JW-K37-W9F2"]


@pytest.mark.parametrize("text", ["سفارش 12345678", "0912-123-4567", "XJW-K37-W9F2", "see K37"])
def test_other_numbers_are_not_taken_for_one(text):
    assert not PATTERN.search(text)


@given(st.text())
def test_any_text_may_be_looked_at(text):
    found = canonical(text)
    assert found is None or re.fullmatch(r"JW-[2-9A-Z]{3}-[2-9A-Z]{4}", found)
