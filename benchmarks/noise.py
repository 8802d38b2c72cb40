"""One accident in each message: a typo, a half-space that is gone, the other keyboard's letters."""

from __future__ import annotations

import random
from collections.abc import Callable

ZWNJ = "\u200c"
ARABIC_KEYBOARD = str.maketrans("یک", "يك")
PERSIAN_KEYBOARD = str.maketrans("يكىة", "یکیه")
# The rows of the three keyboards; a slip hits a neighbour.
KEYBOARDS = (
    "ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو",
    "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ",
    "qwertyuiop", "asdfghjkl", "zxcvbnm",
)  # fmt: skip

Accident = Callable[[str, random.Random], str]


def _neighbours(letter: str) -> str:
    found = ""
    for row in KEYBOARDS:
        at = row.find(letter)
        if at >= 0:
            found += row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    return found


def typo(text: str, chance: random.Random) -> str:
    """Return ``text`` with one letter left out, doubled, swapped with the next, or mistaken for its neighbour."""
    places = [at for at, letter in enumerate(text) if letter.isalpha()]
    if len(places) < 3:
        return text
    at = chance.choice(places)
    before, letter, after = text[:at], text[at], text[at + 1 :]
    kind = chance.randrange(4)
    if kind == 0:
        return before + after
    if kind == 1:
        return before + letter * 2 + after
    if kind == 2 and after[:1].isalpha():
        return before + after[0] + letter + after[1:]
    near = _neighbours(letter.lower())
    return before + (chance.choice(near) if near else "") + after


def no_half_space(text: str, chance: random.Random) -> str:
    """Return ``text`` without ZWNJ: each one gone, or become a blank."""
    return text.replace(ZWNJ, chance.choice(["", " "]))


def other_keyboard(text: str, chance: random.Random) -> str:
    """Return ``text`` as typed with Persian letters on an Arabic keyboard, or the other way round."""
    swapped = text.translate(ARABIC_KEYBOARD)
    return swapped if swapped != text else text.translate(PERSIAN_KEYBOARD)


ACCIDENTS: dict[str, Accident] = {
    "one typo": typo,
    "no half-space": no_half_space,
    "other keyboard": other_keyboard,
}
