"""Examples without what is the shopper's own: numbers, addresses and names give way to made-up ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from jawab.text.characters import ascii_digits
from jawab.text.entities import extract
from jawab.text.language import Lang
from jawab.text.reference import PATTERN

# Reserved or plainly made up; the digits are written in the script of those they replace.
_MADE_UP: Final = {
    "phone": "09120000000",
    "email": "name@example.com",
    "order_number": "12345678",
    "reference": "JW-X22-2222",
}
_NAMES: Final = {Lang.FA: "سارا", Lang.AR: "سارة", Lang.EN: "Sara"}
_LONG_NUMBER: Final = re.compile(r"\d(?:[\d \u200c().-]*\d)?")
_FEW_DIGITS: Final = 5
_NAME: Final = r"(?P<name>[^\W\d_]+(?:[ \u200c][^\W\d_]+)?)"
_WORD: Final = r"(?P<name>[^\W\d_]+)"
_INTRODUCTIONS: Final = (
    re.compile(rf"(?:\bmy name is|\bthis is|\bi am called)\s+{_NAME}", re.IGNORECASE),
    re.compile(rf"(?:اسم من|نام من|اسمم|نامم)\s+{_NAME}(?=\s+(?:هست|است|ه)\b|[.،,!؟?\n]|$)"),
    re.compile(rf"(?:اسم من|نام من|اسمم|نامم)\s+{_WORD}"),
    re.compile(rf"(?:اسمي|إسمي|انا اسمي|أنا اسمي)\s+(?:هو\s+|هي\s+)?{_WORD}"),
    re.compile(rf"\b(?:esmam|esme man|ismi)\s+{_WORD}", re.IGNORECASE),
)


def masked(text: str, *, lang: Lang) -> str:
    """Return an example on one line in which nothing is the shopper's own.

    >>> masked("اسمم سارا احمدی است، سفارش ۹۸۷۶۵۴۳۲ کو؟ 0935 111 2233", lang=Lang.FA)
    'اسمم سارا است، سفارش ۱۲۳۴۵۶۷۸ کو؟ 09120000000'
    >>> masked("اسمي خالد ورقمي ٠٥٠١٢٣٤٥٦٧", lang=Lang.AR)
    'اسمي سارة ورقمي ٠٩١٢٠٠٠٠٠٠٠'
    """
    text = " ".join(text.split())
    for spans in (_entities, _references, _numbers, _names):
        for start, end, replacement in reversed(spans(text, lang)):
            text = text[:start] + replacement + text[end:]
    return text


_Spans = list[tuple[int, int, str]]


def _entities(text: str, lang: Lang) -> _Spans:
    return [
        (found.start, found.end, _like(text[found.start : found.end], _MADE_UP[found.kind]))
        for found in extract(text, lang=lang)
        if found.kind in _MADE_UP
    ]


def _references(text: str, lang: Lang) -> _Spans:
    hits = PATTERN.finditer(ascii_digits(text))
    return [(hit.start(), hit.end(), _MADE_UP["reference"]) for hit in hits]


def _numbers(text: str, lang: Lang) -> _Spans:
    made_up = set(_MADE_UP.values())
    return [
        (hit.start(), hit.end(), _like(hit[0], re.sub(r"\d", "0", ascii_digits(hit[0]))))
        for hit in _LONG_NUMBER.finditer(text)
        if sum(sign.isdigit() for sign in hit[0]) >= _FEW_DIGITS
        and ascii_digits(hit[0]) not in made_up
        and not _inside_made_up(text, hit)
    ]


def _inside_made_up(text: str, hit: re.Match[str]) -> bool:
    around = ascii_digits(text[max(0, hit.start() - 8) : hit.end() + 8])
    return _MADE_UP["reference"] in around


def _names(text: str, lang: Lang) -> _Spans:
    for pattern in _INTRODUCTIONS:
        hits = list(pattern.finditer(text))
        if hits:
            return [(hit.start("name"), hit.end("name"), _NAMES[lang]) for hit in hits]
    return []


def _like(digits: str, replacement: str) -> str:
    """The replacement in the script of the digits it replaces."""
    zeros = [ord(sign) - int(sign) for sign in digits if sign.isdigit()]
    if not zeros or zeros[0] == ord("0"):
        return replacement
    to: Callable[[re.Match[str]], str] = lambda sign: chr(zeros[0] + int(sign[0]))  # noqa: E731
    return re.sub("[0-9]", to, replacement)
