"""Times and weekly hours in words."""

from __future__ import annotations

from collections.abc import Sequence

from jawab.knowledge.hours import DAYS, MINUTES_A_DAY, Span, WeeklyHours
from jawab.knowledge.phrases import digits, join, names, phrase
from jawab.text.language import Lang

_NOON = MINUTES_A_DAY // 2
# The week is told from Saturday on, as both shops' countries do.
_WEEK = tuple((5 + n) % 7 for n in range(7))


def clock(minute: int, lang: Lang) -> str:
    """Write a time of day given in minutes after midnight: «۲۳:۰۰», «11 مساءً», "23:00".

    1440 is the midnight that ends a day, «۲۴:۰۰»; times of the next day (an overnight span) begin anew.
    """
    if minute > MINUTES_A_DAY:
        minute -= MINUTES_A_DAY
    hour, rest = divmod(minute, 60)
    if lang is not Lang.AR:
        return digits(phrase("time", lang, hour=hour, minute=f"{rest:02}"), lang)
    twelve = hour % 12 or 12
    time = phrase("time", lang, hour=twelve, minute=f"{rest:02}") if rest else str(twelve)
    return phrase(_part_of_day(minute), lang, time=time)


def weekly(hours: WeeklyHours, lang: Lang) -> str:
    """Write a weekly table, days of equal hours together.

    «هر روز ۹:۰۰ تا ۲۳:۰۰», «من السبت إلى الأربعاء من 9 صباحًا إلى 9 مساءً؛ الجمعة مغلق»,
    "around the clock, every day".
    """
    if hours.always:
        return phrase("around_the_clock", lang)
    if hours.never:
        return phrase("no_hours", lang)
    groups: dict[tuple[Span, ...], list[int]] = {}
    for weekday in _WEEK:
        groups.setdefault(hours.days[weekday], []).append(weekday)
    closed = groups.pop((), [])
    told = [
        phrase("hours_of_days", lang, days=_days(days, lang), hours=_spans(spans, lang))
        for spans, days in groups.items()
    ]
    if closed:
        told.append(phrase("closed_days", lang, days=_days(closed, lang)))
    return phrase("between_groups", lang).join(told)


def _spans(spans: Sequence[Span], lang: Lang) -> str:
    if spans == (Span(0, MINUTES_A_DAY),):
        return phrase("all_day", lang)
    return phrase("between_spans", lang).join(
        phrase("span", lang, start=clock(span.start, lang), end=clock(span.end, lang))
        for span in spans
    )


def _days(days: Sequence[int], lang: Lang) -> str:
    if len(days) == len(DAYS):
        return phrase("every_day", lang)
    weekdays = names("weekdays", lang)
    run = [_WEEK.index(day) for day in days]
    if len(run) > 2 and run[-1] - run[0] == len(run) - 1:
        return phrase("day_range", lang, first=weekdays[days[0]], last=weekdays[days[-1]])
    return join([weekdays[day] for day in days], lang)


def _part_of_day(minute: int) -> str:
    if minute in (0, MINUTES_A_DAY):
        return "midnight"
    if _NOON <= minute < _NOON + 60:
        return "noon"
    return "morning" if minute < _NOON else "evening"
