"""Weekly opening hours of one channel, as an owner writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from jawab.knowledge.errors import BadHours

MINUTES_A_DAY = 24 * 60
# In the order of datetime.date.weekday().
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = "every_day"
ALWAYS = "always"
CLOSED = "closed"

_RANGE = re.compile(r"\s*(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)\s*")


@dataclass(frozen=True, order=True)
class Span:
    """From `start` to `end`, minutes after local midnight; past midnight `end` exceeds 1440."""

    start: int
    end: int


@dataclass(frozen=True)
class WeeklyHours:
    """Seven days of spans, Monday first; a day without spans is closed."""

    days: tuple[tuple[Span, ...], ...]

    @property
    def always(self) -> bool:
        """Whether the week has no closed minute."""
        return all(day == (Span(0, MINUTES_A_DAY),) for day in self.days)

    @property
    def never(self) -> bool:
        """Whether the week has no open minute."""
        return not any(self.days)

    @classmethod
    def parse(cls, value: object) -> WeeklyHours:
        """Read `always`, `{every_day: "09:00-21:00"}` or `{sat: "09:00-13:00, 16:00-20:00", …}`.

        An absent day is closed; a day beside `every_day` is an exception to it, `fri: closed` included.
        Digits of all three scripts («۰۹:۰۰-۲۱:۰۰», «٠٩:٠٠-٢١:٠٠») are understood; "18:00-02:00" ends the next day.
        Raises BadHours saying what cannot be read.
        """
        if value == ALWAYS:
            return cls(((Span(0, MINUTES_A_DAY),),) * 7)
        if not isinstance(value, dict) or not value:
            raise BadHours(f"hours {value!r} are neither 'always' nor a table of days")
        unknown = [str(day) for day in value if day not in (*DAYS, EVERY_DAY)]
        if unknown:
            raise BadHours(f"hours name the unknown day '{unknown[0]}'")
        default = value.get(EVERY_DAY, CLOSED)
        return cls(tuple(_spans(value.get(day, default)) for day in DAYS))


def _spans(value: object) -> tuple[Span, ...]:
    if value == CLOSED:
        return ()
    if not isinstance(value, str):
        raise BadHours(f"hours {value!r} are no text")
    spans = sorted(_span(part) for part in value.replace("،", ",").split(","))
    for before, after in pairwise(spans):
        if after.start < before.end:
            raise BadHours(f"hours '{value}' overlap")
    return tuple(spans)


def _span(text: str) -> Span:
    match = _RANGE.fullmatch(text)
    if match is None:
        raise BadHours(f"hours '{text.strip()}' cannot be read")
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    if max(start_minute, end_minute) > 59 or start >= MINUTES_A_DAY or end > MINUTES_A_DAY:
        raise BadHours(f"hours '{text.strip()}' hold a time that no clock shows")
    if start == end:
        raise BadHours(f"hours '{text.strip()}' end where they begin")
    return Span(start, end if end > start else end + MINUTES_A_DAY)
