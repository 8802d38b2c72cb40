"""Numbers of bank cards are masked; what only looks like one is left alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.support.cards import LONGEST, SHORTEST, checks, masked

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@st.composite
def numbers(draw):
    """A card's number with its check digit."""
    length = draw(st.integers(SHORTEST, LONGEST)) - 1
    first = draw(st.sampled_from("23456789"))
    rest = draw(st.text("0123456789", min_size=length - 1, max_size=length - 1))
    return next(first + rest + str(last) for last in range(10) if checks(first + rest + str(last)))


@settings(deadline=None)
@given(
    numbers(),
    st.sampled_from(["", " ", "-", " - ", "\u00a0", "\u200c", "–", "."]),
    st.sampled_from([{}, PERSIAN, ARABIC]),
    st.sampled_from([("", ""), ("کارتم ", " هست"), ("my card: ", ", please"), ("رقم", "شكرا")]),
)
def test_a_card_is_masked_however_it_is_written(number, between, script, around):
    typed = between.join(re.findall(".{1,4}", number)).translate(script)
    shown = f"•••• {number[-4:].translate(script)}"
    assert masked(around[0] + typed + around[1]) == around[0] + shown + around[1]


@settings(deadline=None)
@given(numbers(), st.integers(1, 9))
def test_another_check_digit_makes_it_no_card(number, more):
    wrong = number[:-1] + str((int(number[-1]) + more) % 10)
    assert masked(wrong) == wrong


@settings(deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_a_masked_text_stays_as_it_is_and_words_are_never_touched(text):
    once = masked(text)
    assert masked(once) == once
    assert [each for each in once if each.isalpha()] == [each for each in text if each.isalpha()]


@pytest.mark.parametrize(
    "text",
    [
        "سفارش ۱۲۳۴۵۶۷۸۹ و 123456789",
        "0912 123 4567 0912 123 4567",
        "+966 50 123 4567 123456",
        "00989121234567 00989121234567",
        "JW-K37-W9F2",
        "کد رهگیری پست ۲۱۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹۰۱",
        "2027-01-02 10:00, 2027-01-03 12:00",
        "IR820540102680020817909002",
    ],
)
def test_what_is_no_card_is_left_alone(text):
    assert masked(text) == text


def test_a_shops_own_order_numbers_are_left_alone():
    assert masked("4111111111111111", order_number=re.compile("4[0-9]{15}")) == "4111111111111111"
    assert masked("4111111111111111") == "•••• 1111"


def test_of_two_cards_in_a_row_each_is_masked():
    assert masked("4111 1111 1111 1111 6037991111111112") == "•••• 1111 •••• 1112"


def test_an_order_number_before_a_card_stays():
    assert masked("12345678 6037 9911 1111 1112") == "12345678 •••• 1112"
