"""Dates in the Jalali, Hijri (Umm al-Qura) and Gregorian calendars, and days named from today."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from jawab.text.entity_names import Item
from jawab.text.lang import Lang

CALENDARS: Final = ("jalali", "hijri", "gregorian")
_ORDINALS: Final = frozenset({"م", "ام", "st", "nd", "rd", "th"})
_MOST_DAYS: Final = 400

Found = tuple[date, int]
"""A date and the number of the item behind it."""


def dates(
    items: Sequence[Item], *, lang: Lang, today: date | None
) -> Iterator[tuple[str, int, int]]:
    """Yield ISO date, start and end of each date.

    ``today``: what «دیروز», «السبت الماضي» and a date without its year are reckoned from; without it they are left alone.
    A date without a year is the one nearest to today, and so is a plain weekday.
    """
    at = 0
    while at < len(items):
        found = _whole(items, at, lang) or _written(items, at, today)
        if found is None and today is not None:
            found = _near(items, at, today)
        if found is None:
            at += 1
            continue
        day, end = found
        yield day.isoformat(), items[at].start, items[end - 1].end
        at = end


def _whole(items: Sequence[Item], at: int, lang: Lang) -> Found | None:
    """Read a date in digits: the year tells the calendar, the place of the year the order."""
    if items[at].kind != "date":
        return None
    first, month, last = (int(part) for part in _parts(items[at].value))
    year, day = (first, last) if first > 31 else (last, first)
    if month > 12 >= day:  # as Americans write it
        month, day = day, month
    found = convert(_calendar(year, lang), year, month, day)
    return (found, at + 1) if found else None


def _parts(written: str) -> list[str]:
    return written.replace("-", "/").replace(".", "/").split("/")


def _calendar(year: int, lang: Lang) -> str:
    if year >= 1900:
        return "gregorian"
    # Jalali 1405 and Hijri 1448 are one year; their numbers meet two decades apart only.
    return "hijri" if year >= 1435 or (lang is Lang.AR and year >= 1420) else "jalali"


def _written(items: Sequence[Item], at: int, today: date | None) -> Found | None:
    """Read a day with the name of its month: «۲۰ آبان», «٣ رمضان 1448», "November 5"."""
    end = at
    day = _day(items, end)
    if day:
        end = _skip(items, end + 1)
    if end >= len(items) or items[end].kind not in CALENDARS:
        return None
    calendar, month = items[end].kind, int(items[end].value)
    end += 1
    if not day:
        day, end = _day(items, end), end + 1
        if not day or calendar != "gregorian":
            return None
        end += end < len(items) and items[end].value in _ORDINALS
        end += end < len(items) and items[end].value == ","
    elif end < len(items) and items[end].kind == "month":
        end += 1
    year = _year(items, end)
    if year:
        found = convert(calendar, year, month, day)
        return (found, end + 1) if found else None
    while items[end - 1].value == ",":
        end -= 1
    nearest = _nearest(calendar, month, day, today) if today else None
    return (nearest, end) if nearest else None


def _day(items: Sequence[Item], at: int) -> int:
    if at < len(items) and items[at].kind in ("number", "numbers"):
        digits = items[at].value
        if digits.isdecimal() and len(digits) <= 2 and 1 <= int(digits) <= 31:
            return int(digits)
    return 0


def _skip(items: Sequence[Item], at: int) -> int:
    """Step over an ordinal's ending and "of" between day and month."""
    if at < len(items) and items[at].value in _ORDINALS:
        at += 1
    if at < len(items) and items[at].kind in ("month", "ahead"):
        at += 1
    return at


def _year(items: Sequence[Item], at: int) -> int:
    if at < len(items) and items[at].kind == "number" and len(items[at].value) == 4:
        return int(items[at].value) if items[at].value.isdecimal() else 0
    return 0


def _near(items: Sequence[Item], at: int, today: date) -> Found | None:
    """Read a day named from today: «دیروز», «قبل ٣ أيام», "last Friday"."""
    kind, value = items[at].kind, items[at].value
    if kind == "days":
        return today + timedelta(int(value)), at + 1
    if kind in ("past", "coming") and at + 1 < len(items) and items[at + 1].kind == "weekdays":
        return _weekday(int(items[at + 1].value), kind, today), at + 2
    if kind == "weekdays":
        following = items[at + 1].kind if at + 1 < len(items) else ""
        sense = following if following in ("past", "coming") else ""
        return _weekday(int(value), sense, today), at + 1 + bool(sense)
    return _ago(items, at, today)


def _ago(items: Sequence[Item], at: int, today: date) -> Found | None:
    ahead = _is_ago(items, at, "ahead")
    place = at + ahead
    if place + 1 >= len(items) or items[place + 1].kind != "units":
        return None
    count = _day(items, place) * int(items[place + 1].value)
    behind = _is_ago(items, place + 2, "before")
    if not count or ahead == behind or count > _MOST_DAYS:
        return None
    return today - timedelta(count), place + 2 + behind


def _is_ago(items: Sequence[Item], at: int, side: str) -> bool:
    """Tell whether a word for "ago" stands here; some stand on either side of the days."""
    return at < len(items) and items[at].kind in (side, "past")


def _weekday(number: int, sense: str, today: date) -> date:
    ahead = (number - today.weekday()) % 7
    if sense == "past":
        return today - timedelta((today.weekday() - number) % 7 or 7)
    if sense == "coming":
        return today + timedelta(ahead or 7)
    return today + timedelta(ahead if ahead <= 3 else ahead - 7)


def _nearest(calendar: str, month: int, day: int, today: date) -> date | None:
    this_year = _year_of(calendar, today)
    found = [convert(calendar, year, month, day) for year in range(this_year - 1, this_year + 2)]
    known = [each for each in found if each]
    return min(known, key=lambda each: abs((each - today).days)) if known else None


def _year_of(calendar: str, day: date) -> int:
    if calendar == "jalali":
        import jdatetime

        return int(jdatetime.date.fromgregorian(date=day).year)
    if calendar == "hijri":
        import hijridate

        return int(hijridate.Gregorian.fromdate(day).to_hijri().year)
    return day.year


def convert(calendar: str, year: int, month: int, day: int) -> date | None:
    """Return the day in the Gregorian calendar, None where the calendar has no such day.

    >>> convert("jalali", 1405, 8, 20)
    datetime.date(2026, 11, 11)
    >>> convert("hijri", 1448, 9, 3)
    datetime.date(2027, 2, 10)
    """
    try:
        if calendar == "jalali":
            import jdatetime

            found = jdatetime.date(year, month, day).togregorian()
            return date(found.year, found.month, found.day)
        if calendar == "hijri":
            import hijridate

            hijri = hijridate.Hijri(year, month, day).to_gregorian()
            return date(hijri.year, hijri.month, hijri.day)
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
