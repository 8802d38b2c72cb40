"""Dates in words, in three calendars and three languages."""

from __future__ import annotations

from datetime import date

import pytest

from jawab.knowledge.dates import calendars, near, side_by_side, write
from jawab.knowledge.shop import Reckoning
from jawab.text.language import Lang

JALALI, HIJRI, GREGORIAN = Reckoning.JALALI, Reckoning.HIJRI, Reckoning.GREGORIAN
NOWRUZ = date(2027, 3, 21)


@pytest.mark.parametrize(
    ("reckoning", "lang", "written"),
    [
        (JALALI, Lang.FA, "۱ فروردین ۱۴۰۶"),
        (JALALI, Lang.AR, "1 فروردين 1406"),
        (JALALI, Lang.EN, "1 Farvardin 1406"),
        (HIJRI, Lang.FA, "۱۳ شوال ۱۴۴۸ قمری"),
        (HIJRI, Lang.AR, "13 شوال 1448 هـ"),
        (HIJRI, Lang.EN, "13 Shawwal 1448 AH"),
        (GREGORIAN, Lang.FA, "۲۱ مارس ۲۰۲۷"),
        (GREGORIAN, Lang.AR, "21 مارس 2027"),
        (GREGORIAN, Lang.EN, "21 March 2027"),
    ],
)
def test_a_date_is_written_in_each_calendar_and_language(reckoning, lang, written):
    assert write(NOWRUZ, reckoning, lang) == written


@pytest.mark.parametrize(
    ("first", "lang", "written"),
    [
        (JALALI, Lang.FA, "یکشنبه ۱ فروردین ۱۴۰۶ (۲۱ مارس ۲۰۲۷)"),
        (JALALI, Lang.AR, "الأحد 1 فروردين 1406 (21 مارس 2027)"),
        (JALALI, Lang.EN, "Sunday 1 Farvardin 1406 (21 March 2027)"),
        (HIJRI, Lang.FA, "یکشنبه ۱۳ شوال ۱۴۴۸ قمری (۲۱ مارس ۲۰۲۷، ۱ فروردین ۱۴۰۶)"),
        (HIJRI, Lang.AR, "الأحد 13 شوال 1448 هـ (21 مارس 2027)"),
        (HIJRI, Lang.EN, "Sunday 13 Shawwal 1448 AH (21 March 2027)"),
        (GREGORIAN, Lang.FA, "یکشنبه ۲۱ مارس ۲۰۲۷ (۱ فروردین ۱۴۰۶)"),
        (GREGORIAN, Lang.EN, "Sunday 21 March 2027"),
    ],
)
def test_the_shops_calendar_comes_first_and_the_gregorian_beside_it(first, lang, written):
    assert side_by_side(NOWRUZ, first, lang) == written


def test_a_persian_answer_always_has_the_jalali_date():
    assert all(JALALI in calendars(first, Lang.FA) for first in Reckoning)


@pytest.mark.parametrize(
    ("day", "lang", "written"),
    [
        (NOWRUZ, Lang.FA, "امروز"),
        (NOWRUZ, Lang.AR, "اليوم"),
        (NOWRUZ, Lang.EN, "today"),
        (date(2027, 3, 22), Lang.FA, "فردا"),
        (date(2027, 3, 22), Lang.AR, "غدًا"),
        (date(2027, 3, 22), Lang.EN, "tomorrow"),
        (date(2027, 3, 25), Lang.FA, "پنج‌شنبه ۵ فروردین (۲۵ مارس)"),
        (date(2027, 3, 25), Lang.AR, "يوم الخميس 5 فروردين (25 مارس)"),
        (date(2027, 3, 25), Lang.EN, "on Thursday 5 Farvardin (25 March)"),
    ],
)
def test_days_near_today_are_called_as_people_call_them(day, lang, written):
    assert near(day, NOWRUZ, JALALI, lang) == written


def test_the_last_day_of_a_leap_year_is_the_thirtieth_of_esfand():
    assert write(date(2030, 3, 20), JALALI, Lang.FA) == "۳۰ اسفند ۱۴۰۸"


def test_a_date_beyond_the_hijri_tables_is_written_in_the_gregorian_calendar():
    assert write(date(2100, 1, 1), HIJRI, Lang.EN) == "1 January 2100"
    assert side_by_side(date(2100, 1, 1), HIJRI, Lang.EN) == "Friday 1 January 2100"
