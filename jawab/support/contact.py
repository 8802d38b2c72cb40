"""What a shopper gives to be reached: each answer checked, and brought to its one written form."""

import re

from jawab.support.errors import BadEmail, BadName, BadOrderNumber, BadPhone
from jawab.support.texts import in_one_line, visible
from jawab.text.characters import ascii_digits

NAME_LENGTH = 100
EMAIL_LENGTH = 254  # RFC 5321, 4.5.3.1.3

_JOINTS = re.compile(r"[\s()\-‐‑‒–—−ـ_./\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_IRANIAN = re.compile(r"(?:\+98|0098|98|0)0?(9[0-9]{9})")
_SAUDI = re.compile(r"(?:\+966|00966|966|0)0?(5[0-9]{8})")
_BARE_IRANIAN = re.compile(r"9[0-9]{9}")
_BARE_SAUDI = re.compile(r"5[0-9]{8}")
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]{2,59}|[a-z]{2,63})"
)


def phone(text: str) -> str:
    """A mobile number of Iran or Saudi Arabia in E.164, or `BadPhone`.

    Digits of all three scripts, blanks, dashes and brackets are read; 09…, 9…, +98…, 0098… are one number.

    >>> phone("۰۹۱۲ ۱۲۳ ۴۵۶۷")
    '+989121234567'
    >>> phone("٠٥٠١٢٣٤٥٦٧"), phone("00966 50 123 4567")
    ('+966501234567', '+966501234567')
    """
    digits = _JOINTS.sub("", ascii_digits(text[:64]))
    for country, forms in (("+98", (_IRANIAN, _BARE_IRANIAN)), ("+966", (_SAUDI, _BARE_SAUDI))):
        for form in forms:
            if found := form.fullmatch(digits):
                return country + (found[1] if form.groups else found[0])
    raise BadPhone("a mobile number has 11 digits after 09, or 10 after 05")


def email(text: str) -> str:
    """An e-mail address in lower case, or `BadEmail`; whether it exists nobody knows before writing to it.

    >>> email(" Sara@Example.COM ")
    'sara@example.com'
    """
    address = ascii_digits(visible(text[:1000])).lower()
    if len(address) > EMAIL_LENGTH or not _EMAIL.fullmatch(address):
        raise BadEmail("an e-mail address looks like name@example.com")
    if len(address.partition("@")[0]) > 64:
        raise BadEmail("the part before @ has more than 64 characters")
    return address


def order_number(text: str, pattern: re.Pattern[str]) -> str:
    """An order number in ASCII digits without blanks, dashes and a leading #, or `BadOrderNumber`.

    `pattern` is the shop's own.

    >>> order_number("# ۱۲۳۴-۵۶۷۸", re.compile("[0-9]{8,9}"))
    '12345678'
    """
    found = _JOINTS.sub("", ascii_digits(text[:100])).lstrip("#")
    if not pattern.fullmatch(found):
        raise BadOrderNumber("this is no order number of the shop")
    return found


def name(text: str) -> str:
    """A person's name in one line with single blanks, or `BadName`: it needs a letter and may hold no address.

    >>> name("  سارا   احمدی ")
    'سارا احمدی'
    >>> name("محمد العتيبي")
    'محمد العتيبي'
    """
    found = visible(in_one_line(text[:1000]))
    if len(found) > NAME_LENGTH or not any(character.isalpha() for character in found):
        raise BadName(f"a name has letters, and {NAME_LENGTH} characters at most")
    if re.search(r"[@<>]|[0-9]{4}|https?:", ascii_digits(found)):
        raise BadName("a name holds no address and no long number")
    return found
