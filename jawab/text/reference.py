"""Ticket references as people write and read them out: `JW-K37-W9F2`.

The alphabet has no two signs that look alike in Latin, Persian or Arabic type (no 0 O 1 I L, 5 S, 2 Z, V as ٧) and no two
letters that sound alike in a Persian or an Arabic mouth (P B, F V, M N, T D, K Q; C is «سی», which is also thirty);
without vowels it spells no word. The last sign checks the others: weights modulo the prime 19, so that any one wrong
sign and any two that changed places are found.
"""

import re
from typing import Final

from jawab.text.characters import ascii_digits

PREFIX: Final = "JW"
DIGITS: Final = "23456789"
LETTERS: Final = "FHJKMPRTWXY"
ALPHABET: Final = DIGITS + LETTERS
LENGTH: Final = 7
"""Signs after the prefix: a letter, five more, and the one that checks."""

# What is typed for a sign that looks or sounds like it, and is none of ours.
_TAKEN_FOR: Final = str.maketrans("SZBVND", "52PFMT")
_SEPARATORS: Final = re.compile(r"[\s\u200c\u200e\u200f\-‐‑‒–—−ـ_./:#]+")
_SIGN: Final = "[2-9A-Z]"

PATTERN: Final = re.compile(
    rf"(?:(?<![A-Z0-9]){PREFIX}[-‐‑–—−_. ]?{_SIGN}{{3}}[-‐‑–—−_. ]?{_SIGN}{{4}}"
    rf"|(?<![A-Z0-9-])[A-Z]{_SIGN}{{2}}[-‐‑–—−]{_SIGN}{{4}})(?![A-Z0-9])",
    re.IGNORECASE | re.ASCII,
)
"""Where a reference may stand in a text whose digits are ASCII; whether it is one, `sound` tells."""


def check_sign(body: str) -> str:
    """Return the sign that ends a reference whose other six signs are these.

    >>> check_sign("K37W9F")
    '2'
    """
    total = sum((LENGTH - place) * ALPHABET.index(sign) for place, sign in enumerate(body))
    return ALPHABET[-total % len(ALPHABET)]


def canonical(text: str) -> str | None:
    """Return the text in a reference's one written form, None where it has not the form of one.

    Case, blanks, dashes, a missing prefix, digits of all three scripts and the usual mistakes (S for 5, B for P)
    are forgiven. The check sign is not looked at: `sound` does that.

    >>> canonical("jw k37 w9f2")
    'JW-K37-W9F2'
    >>> canonical("ک") is None
    True
    """
    signs = _SEPARATORS.sub("", ascii_digits(text[:64])).upper()
    if len(signs) == len(PREFIX) + LENGTH:
        if not signs.startswith(PREFIX):
            return None
        signs = signs[len(PREFIX) :]
    signs = signs.translate(_TAKEN_FOR)
    if len(signs) != LENGTH or signs[0] not in LETTERS or set(signs) - set(ALPHABET):
        return None
    return f"{PREFIX}-{signs[:3]}-{signs[3:]}"


def sound(reference: str) -> bool:
    """Whether the check sign of a reference in its written form agrees with the others.

    >>> sound("JW-K37-W9F2"), sound("JW-K73-W9F2")
    (True, False)
    """
    signs = reference.removeprefix(f"{PREFIX}-").replace("-", "")
    return check_sign(signs[:-1]) == signs[-1]
