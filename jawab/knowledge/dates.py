"""Dates in words, in the Jalali, Hijri (Umm al-Qura) and Gregorian calendars and in three languages.

The shop's own calendar comes first and the Gregorian one beside it; a Persian answer adds the Jalali date where
it is not there yet. The Hijri date stands in the dates of shops that reckon by it: Iran's lunar calendar often
runs a day behind Umm al-Qura, and Ashura called "11 Muharram" would mislead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

import hijridate
import jdatetime

from jawab.knowledge.phrases import digits, names, phrase
from jawab.knowledge.shop import Reckoning
from jawab.text.language import Lang

_YearMonthDay: TypeAlias = tuple[int, int, int]


def calendars(first: Reckoning, lang: Lang) -> tuple[Reckoning, ...]:
    """Return the calendars of one date in the order they are written."""
    order = [first, Reckoning.GREGORIAN]
    if lang is Lang.FA:
        order.append(Reckoning.JALALI)
    return tuple(dict.fromkeys(order))


def write(day: date, reckoning: Reckoning, lang: Lang, *, year: bool = True) -> str:
    """Write a date in one calendar: «۱ فروردین ۱۴۰۶», «13 شوال 1448 هـ», "21 March 2027".

    Dates that the Umm al-Qura tables do not reach (before 1924, after 2077) are written in the Gregorian calendar.
    """
    try:
        the_year, month, number = _CONVERSIONS[reckoning](day)
    except OverflowError:
        return write(day, Reckoning.GREGORIAN, lang, year=year)
    values = {"day": digits(number, lang), "month": names(reckoning.value, lang)[month - 1]}
    if not year:
        return phrase("short_date", lang, **values)
    return phrase(f"{reckoning.value}_date", lang, year=digits(the_year, lang), **values)


def side_by_side(day: date, first: Reckoning, lang: Lang, *, year: bool = True) -> str:
    """Write a date with its weekday and in the calendars of `calendars`.

    «یکشنبه ۱ فروردین ۱۴۰۶ (۲۱ مارس ۲۰۲۷)», «الأحد 13 شوال 1448 هـ (21 مارس 2027)».
    """
    order = calendars(first, lang)
    written = list(dict.fromkeys(write(day, each, lang, year=year) for each in order))
    text = written[0]
    if written[1:]:
        others = phrase("comma", lang).join(written[1:])
        text = phrase("side_by_side", lang, first=text, others=others)
    return phrase("weekday_date", lang, weekday=names("weekdays", lang)[day.weekday()], date=text)


def near(day: date, today: date, first: Reckoning, lang: Lang) -> str:
    """Name a day near today: «امروز», «غدًا», "tomorrow", or weekday and date without the year."""
    if day == today:
        return phrase("today", lang)
    if (day - today).days == 1:
        return phrase("tomorrow", lang)
    return phrase("on_day", lang, date=side_by_side(day, first, lang, year=False))


def _jalali(day: date) -> _YearMonthDay:
    there = jdatetime.date.fromgregorian(date=day)
    return there.year, there.month, there.day


def _hijri(day: date) -> _YearMonthDay:
    there = hijridate.Gregorian.fromdate(day).to_hijri()
    return there.year, there.month, there.day


def _gregorian(day: date) -> _YearMonthDay:
    return day.year, day.month, day.day


_CONVERSIONS: Mapping[Reckoning, Callable[[date], _YearMonthDay]] = MappingProxyType(
    {Reckoning.JALALI: _jalali, Reckoning.HIJRI: _hijri, Reckoning.GREGORIAN: _gregorian}
)
