"""Names, addresses and numbers as people write them, in all three scripts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jawab.support.contact import email, name, order_number, phone
from jawab.support.errors import BadEmail, BadName, BadOrderNumber, BadPhone, ContactError

EIGHT_OR_NINE = re.compile("[0-9]{8,9}")


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("09121234567", "+989121234567"),
        ("۰۹۱۲۱۲۳۴۵۶۷", "+989121234567"),
        ("٠٩١٢١٢٣٤٥٦٧", "+989121234567"),
        ("0912 123 45 67", "+989121234567"),
        ("0912-123-4567", "+989121234567"),
        ("+98 912 123 4567", "+989121234567"),
        ("+98 (0) 912 123 4567", "+989121234567"),
        ("00989121234567", "+989121234567"),
        ("989121234567", "+989121234567"),
        ("9121234567", "+989121234567"),
        ("\u200e۰۹۱۲۱۲۳۴۵۶۷\u200f", "+989121234567"),
        ("0501234567", "+966501234567"),
        ("٠٥٠١٢٣٤٥٦٧", "+966501234567"),
        ("+966 50 123 4567", "+966501234567"),
        ("00966501234567", "+966501234567"),
        ("501234567", "+966501234567"),
    ],
)
def test_one_number_has_one_form(given, stored):
    assert phone(given) == stored
    assert phone(stored) == stored


@pytest.mark.parametrize(
    "given",
    ["", "سلام", "0912123456", "091212345678", "02191000100", "+14155550100", "05012345678", "09-"],
)
def test_what_is_no_mobile_number_here_is_refused(given):
    with pytest.raises(BadPhone):
        phone(given)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (" Sara@Example.COM ", "sara@example.com"),
        ("ali.rezaei+shop@mail.example.ir", "ali.rezaei+shop@mail.example.ir"),
        ("user۱۲@example.com", "user12@example.com"),
        ("a@xn--mgbh0fb.example", "a@xn--mgbh0fb.example"),
        ("\u200esara@example.com", "sara@example.com"),
    ],
)
def test_an_address_has_one_form(given, stored):
    assert email(given) == stored


@pytest.mark.parametrize(
    "given",
    [
        "",
        "سارا",
        "sara@",
        "@example.com",
        "sara@example",
        "sara example@example.com",
        "sara@exam ple.com",
        "a..b@example.com",
        ".a@example.com",
        "sara@-example.com",
        "sara@example.com\nbcc: all@example.com",
        "a@b.com, c@d.com",
        "x" * 65 + "@example.com",
        "سارا@example.com",
        "a@" + "b." * 130 + "com",
    ],
)
def test_what_is_no_address_is_refused(given):
    with pytest.raises(BadEmail):
        email(given)


def test_an_order_number_is_read_by_the_shops_own_pattern():
    assert order_number("#۱۲۳ ۴۵ ۶۷۸", EIGHT_OR_NINE) == "12345678"
    assert order_number("١٢٣٤٥٦٧٨٩", EIGHT_OR_NINE) == "123456789"
    assert order_number("DK-۱۲۳", re.compile("DK[0-9]+")) == "DK123"
    for wrong in ("", "1234567", "1234567890", "سفارش"):
        with pytest.raises(BadOrderNumber):
            order_number(wrong, EIGHT_OR_NINE)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("  سارا   احمدی ", "سارا احمدی"),
        ("محمد\nالعتيبي", "محمد العتيبي"),
        ("O'Neil-Reza", "O'Neil-Reza"),
    ],
)
def test_a_name_is_one_line(given, stored):
    assert name(given) == stored


@pytest.mark.parametrize(
    "given",
    ["", "   ", "123", "۰۹۱۲۱۲۳۴۵۶۷", "👋", "a@b.com", "علی ۰۹۱۲۱۲۳۴۵۶۷", "<b>x</b>", "x" * 101],
)
def test_what_is_no_name_is_refused(given):
    with pytest.raises(BadName):
        name(given)


def test_each_error_names_its_field():
    for check, field in ((phone, "phone"), (email, "email"), (name, "name")):
        with pytest.raises(ContactError) as refused:
            check("")
        assert refused.value.field == field


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(text):
    for check in (phone, email, name, lambda typed: order_number(typed, EIGHT_OR_NINE)):
        try:
            stored = check(text)
        except ContactError:
            continue
        assert check(stored) == stored
