"""Texts as paragraphs and lists, with numbers and addresses set apart."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.desk.prose import Block, Piece, blocks, pieces
from jawab.text.language import Lang


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سلام", [("p", ("سلام",), 1)]),
        ("یک\n\nدو\n", [("p", ("یک",), 1), ("p", ("دو",), 1)]),
        ("راه‌ها:\n• تلفن\n• ایمیل", [("p", ("راه‌ها:",), 1), ("ul", ("تلفن", "ایمیل"), 1)]),
        ("1. أ\n2. ب\nثم", [("ol", ("أ", "ب"), 1), ("p", ("ثم",), 1)]),
        ("۱. الف\n• ب\n۲. ج", [("ol", ("الف",), 1), ("ul", ("ب",), 1), ("ol", ("ج",), 2)]),
        ("1. a\n1. b", [("ol", ("a",), 1), ("ol", ("b",), 1)]),
        ("12.5 درصد", [("p", ("12.5 درصد",), 1)]),
        ("", []),
    ],
)
def test_a_text_falls_into_paragraphs_and_lists(text, expected):
    assert blocks(text) == tuple(Block(*each) for each in expected)


@pytest.mark.parametrize(
    ("text", "apart", "href"),
    [
        ("زنگ بزنید: 021-91000100.", "021-91000100", "tel:02191000100"),
        ("اتصلوا على 800-000-0000", "800-000-0000", "tel:8000000000"),
        ("به info@digikala.com بنویسید", "info@digikala.com", "mailto:info@digikala.com"),
        ("(https://souq.example/help)", "https://souq.example/help", "https://souq.example/help"),
        ("@souq_example", "@souq_example", None),
        ("ساعت ۹:۰۰ باز", "۹:۰۰", None),
        ("کد AB-1234 را", "AB-1234", None),
        ("15%", "15%", None),
    ],
)
def test_numbers_and_addresses_stand_apart(text, apart, href):
    assert [p for p in pieces(text) if p.apart] == [Piece(apart, True, href)]


@settings(deadline=None)  # a busy machine is no fault
@given(st.text())
def test_nothing_of_a_line_is_lost(text):
    assert "".join(piece.text for piece in pieces(text)) == text


@pytest.mark.parametrize("text", ["1" * 50_000, "a@" * 20_000, "https://" * 10_000, "1-" * 30_000])
def test_long_lines_take_bounded_time(text):
    began = time.perf_counter()
    pieces(text[:20_000])
    assert time.perf_counter() - began < 2


def test_every_answer_leads_only_to_safe_addresses(knowledge):
    for question in knowledge.questions.values():
        for lang in Lang:
            for line in question.answer[lang].split("\n"):
                for piece in pieces(line):
                    assert piece.href is None or re.match("(https?|mailto|tel):", piece.href)
