"""Reading a date that an owner types: in any of the three calendars and digits, the month by number or by name.

Shoppers' messages are read by `jawab.text.entities`; a field that holds one date and nothing else needs no matcher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from jawab.knowledge import Reckoning
from jawab.knowledge.phrases import names
from jawab.text.characters import ascii_digits
from jawab.text.dates import convert
from jawab.text.lang import Lang

LONGEST = 60
_NUMBERS = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|ام|م)? ([^\d]+?)(?: (\d{4}))?(?: (?:هـ|ه|م))?")
_MONTH_FIRST = re.compile(r"([^\d]+?) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_ALIKE = str.maketrans("يىكأإآة", "ییکاااه")
_YEAR_AHEAD = timedelta(days=366)


def read(typed: str, *, today: date) -> date | None:
    """The day that is written, None for what is none; without its year the next such day.

    «۱۴۰۵/۱۲/۲۹», «۲۹ اسفند», «٣ رمضان 1448», "2027-03-20", "20 March", "March 20, 2027".
    """
    text = " ".join(ascii_digits(typed[:LONGEST]).split())
    if match := _NUMBERS.fullmatch(text):
        first, month, last = (int(part) for part in match.groups())
        year, day = (first, last) if first > 31 else (last, first)
        return convert(_calendar_of(year).value, year, month, day)
    if match := _DAY_FIRST.fullmatch(text):
        number, month_name, named_year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        month_name, number, named_year = match.groups()
    else:
        return None
    found = _months().get(_plain(month_name))
    if found is None:
        return None
    calendar, month = found
    if named_year:
        return convert(calendar.value, int(named_year), month, int(number))
    return min(_coming(calendar, month, int(number), today), default=None)


def _calendar_of(year: int) -> Reckoning:
    if year >= 1900:
        return Reckoning.GREGORIAN
    # Jalali 1405 and Hijri 1448 are one year; their numbers meet two decades apart only.
    return Reckoning.HIJRI if year >= 1435 else Reckoning.JALALI


def _coming(calendar: Reckoning, month: int, day: int, today: date) -> Iterator[date]:
    """That day in this year and the next, as far as it is to come."""
    behind = {Reckoning.GREGORIAN: 0, Reckoning.JALALI: 622, Reckoning.HIJRI: 579}[calendar]
    for year in range(today.year - behind - 1, today.year - behind + 3):
        found = convert(calendar.value, year, month, day)
        if found is not None and today <= found <= today + _YEAR_AHEAD:
            yield found


@lru_cache(maxsize=1)
def _months() -> dict[str, tuple[Reckoning, int]]:
    return {
        _plain(name): (calendar, number)
        for calendar in Reckoning
        for lang in Lang
        for number, name in enumerate(names(calendar.value, lang), start=1)
    }


def _plain(name: str) -> str:
    return name.strip().casefold().translate(_ALIKE).replace("\u200c", " ")
