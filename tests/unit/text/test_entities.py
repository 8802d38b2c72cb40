"""Order numbers, phones, e-mails: values in one form, offsets in the raw text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.text.entities import extract
from jawab.text.lang import Lang

TABLE = [
    ("سفارش ۱۲۳۴۵۶۷۸ کجاست", [("order_number", "12345678", "۱۲۳۴۵۶۷۸")]),
    ("رقم الطلب #١٢٣٤٥٦٧٨٩", [("order_number", "123456789", "١٢٣٤٥٦٧٨٩")]),
    ("order no. 1234 5678 is late", [("order_number", "12345678", "1234 5678")]),
    ("شماره سفارش: 1234-5678", [("order_number", "12345678", "1234-5678")]),
    ("سفارش۱۲۳۴۵۶۷۸", [("order_number", "12345678", "۱۲۳۴۵۶۷۸")]),
    ("1234567", []),
    ("1234567890", []),
    ("1234 5678", []),
    ("مبلغ 12345678 تومان", []),
    ("DK12345678", []),
    ("شماره من 09121234567 است", [("phone", "+989121234567", "09121234567")]),
    ("۰۹۱۲ ۱۲۳ ۴۵۶۷", [("phone", "+989121234567", "۰۹۱۲ ۱۲۳ ۴۵۶۷")]),
    ("+98 (912) 123-4567", [("phone", "+989121234567", "+98 (912) 123-4567")]),
    ("00989121234567", [("phone", "+989121234567", "00989121234567")]),
    ("جوالي ٠٥٠١٢٣٤٥٦٧", [("phone", "+966501234567", "٠٥٠١٢٣٤٥٦٧")]),
    ("+966 50 123 4567", [("phone", "+966501234567", "+966 50 123 4567")]),
    ("00966501234567", [("phone", "+966501234567", "00966501234567")]),
    ("021-91000100", []),
    ("021 61930600", []),
    ("+4915112345678", []),
    ("mail Me@Example.COM.", [("email", "me@example.com", "Me@Example.COM")]),
    (
        "order 12345678 phone 0501234567 a@b.co",
        [
            ("order_number", "12345678", "12345678"),
            ("phone", "+966501234567", "0501234567"),
            ("email", "a@b.co", "a@b.co"),
        ],
    ),
    ("a12345678@b.co", [("email", "a12345678@b.co", "a12345678@b.co")]),
    (
        "12345678 و 87654321",
        [("order_number", "12345678", "12345678"), ("order_number", "87654321", "87654321")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_what_is_found(text, expected):
    found = [(e.kind, e.value, text[e.start : e.end]) for e in extract(text, lang=Lang.FA)]
    assert found == expected


def test_a_shop_has_its_own_order_numbers():
    found = extract("my order SQ-20417 and 12345678", lang=Lang.EN, order_number="SQ-[0-9]{5}")
    assert [(e.value, e.start) for e in found] == [("SQ-20417", 9)]


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789۰۹٠٥+-() @a.\u200cسفارش#\ud800"), max_size=60))
def test_entities_lie_in_the_text_in_order(text):
    at = 0
    for entity in extract(text, lang=Lang.AR):
        assert at <= entity.start < entity.end <= len(text)
        at = entity.end


@pytest.mark.parametrize("piece", ["1", "12 34 ", "1-", "+", "a@", "a@b.", "09121234567 ", "#1 "])
def test_a_huge_text_is_searched(piece):
    extract(piece * (100_000 // len(piece)), lang=Lang.FA)
