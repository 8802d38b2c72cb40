"""Weekly hours as an owner types them, a line a day, and as they are stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jawab.knowledge import WeeklyHours
from jawab.knowledge.errors import BadHours
from jawab.knowledge.hours import ALWAYS, CLOSED, DAYS, EVERY_DAY, MINUTES_A_DAY, Span
from jawab.support.errors import InvalidOverride
from jawab.text.characters import ascii_digits

WHOLE_DAY = "00:00-24:00"
# As an owner may write them, in any of the languages.
_CLOSED = frozenset(("", CLOSED, "بسته", "تعطیل", "مغلق", "-", "–"))
_WHOLE_DAY = frozenset(("24", "24h", ALWAYS, "شبانه‌روزی", "شبانه روزی", "على مدار الساعة"))
_BETWEEN = re.compile(r"(?<!\s)\s*(?:-|–|—|تا|حتى|إلى|الى|\bto\b)\s*")
_HOUR_ALONE = re.compile(r"(?<![:\d])(\d{1,2})(?![:\d])")
LONGEST = 120


def read_week(days: Sequence[str]) -> Any:
    """The stored form of seven typed days, Monday first; `InvalidOverride` names each day that cannot be read.

    A day is empty or «بسته» when it is closed, "24" or «شبانه‌روزی» when it is open around the clock, else one or more spans:
    "09:00-13:00, 16:00-20:00", «۹ تا ۲۱», "18:00-02:00" (which ends the next day).
    """
    problems, week = {}, {}
    for day, typed in zip(DAYS, days, strict=True):
        try:
            week[day] = _day(typed)
        except BadHours:
            problems[day] = "hours_overlap" if _each_is_read(typed) else "hours_unreadable"
    if problems:
        raise InvalidOverride(problems)
    return written_week(WeeklyHours.parse(week))


def written_week(hours: WeeklyHours) -> Any:
    """Weekly hours as `WeeklyHours.parse` reads them."""
    if hours.always:
        return ALWAYS
    if hours.never:
        return {EVERY_DAY: CLOSED}
    return {day: written_day(spans) for day, spans in zip(DAYS, hours.days, strict=True) if spans}


def written_day(spans: Sequence[Span]) -> str:
    """One day's spans: "09:00-13:00, 16:00-20:00"; empty for a closed day."""
    return ", ".join(f"{_clock(span.start)}-{_clock(span.end)}" for span in spans)


def _day(typed: str) -> str:
    text = _plain(typed)
    if text in _CLOSED:
        return CLOSED
    if text in _WHOLE_DAY:
        return WHOLE_DAY
    WeeklyHours.parse({EVERY_DAY: text})
    return text


def _each_is_read(typed: str) -> bool:
    try:
        for part in _plain(typed).split(","):
            WeeklyHours.parse({EVERY_DAY: part})
    except BadHours:
        return False
    return True


def _plain(typed: str) -> str:
    text = ascii_digits(typed[:LONGEST]).strip().lower().replace("،", ",").replace("٬", ",")
    if text in _WHOLE_DAY or text in _CLOSED:
        return text
    return _HOUR_ALONE.sub(r"\1:00", _BETWEEN.sub("-", text))


def _clock(minute: int) -> str:
    if minute > MINUTES_A_DAY:
        minute -= MINUTES_A_DAY
    return f"{minute // 60:02}:{minute % 60:02}"
