"""Buttons as a numbered list, for apps that show none, and the numbers that shoppers answer with."""

import re
from collections.abc import Sequence

from jawab.channels.contract import Capabilities, OutgoingButton
from jawab.channels.splitting import units
from jawab.text.language import Lang

# Arabic is written with the digits of the rest of the desk's words.
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_MOST = 99
_NUMBER = re.compile(r"[\s(\[#]*(\d{1,2})[\s.)\]،,:\-–ـ]*")

_LEADING = re.compile(r"(\d{1,2})(?!\d)")


def needs_numbers(titles: Sequence[str], capabilities: Capabilities) -> bool:
    """Whether these buttons are more, or wordier, than the app can show.

    >>> needs_numbers(["بله", "نه"], Capabilities(text=4096))
    True
    >>> needs_numbers(["نعم", "لا"], Capabilities(text=4096, buttons=3, button_title=20))
    False
    """
    if len(titles) > capabilities.buttons:
        return True
    return any(units(title) > capabilities.button_title for title in titles)


def bear_numbers(titles: Sequence[str]) -> bool:
    """Whether the buttons' own words begin with their numbers, as those of a scale do.

    >>> bear_numbers(["۱ – ناراضی", "۲ – راضی"]), bear_numbers(["1 – مستاء", "راضٍ"])
    (True, False)
    """
    leading = [_LEADING.match(title) for title in titles]
    return [int(found[1]) if found else 0 for found in leading] == [*range(1, len(titles) + 1)]


def numbered(buttons: Sequence[OutgoingButton], lang: Lang) -> str:
    """The buttons as lines with numbers.

    >>> numbered([OutgoingButton("41-0", "بله"), OutgoingButton("41-1", "نه")], Lang.FA)
    '۱. بله\\n۲. نه'
    >>> numbered([OutgoingButton("41-0", "نعم")], Lang.AR)
    '1. نعم'
    """
    lines = (f"{number}. " for number in range(1, len(buttons) + 1))
    written = (line.translate(_PERSIAN) if lang is Lang.FA else line for line in lines)
    return "\n".join(map(str.__add__, written, (button.title for button in buttons)))


def chosen(text: str, count: int) -> int | None:
    """The place, from 0, of the button whose number this text is; None for any other text.

    >>> chosen("2", 3), chosen("۲", 3), chosen("٢.", 3), chosen("4", 3)
    (1, 1, 1, None)
    """
    found = _NUMBER.fullmatch(text[:20])
    if found is None:
        return None
    number = int(found[1])  # reads the digits of every script
    return number - 1 if 1 <= number <= min(count, _MOST) else None
