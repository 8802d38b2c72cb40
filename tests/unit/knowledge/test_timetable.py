"""Times and weekly hours in words."""

from __future__ import annotations

import pytest

from jawab.knowledge.hours import WeeklyHours
from jawab.knowledge.timetable import clock, weekly
from jawab.text.language import Lang

WORKING_DAYS = dict.fromkeys(("sat", "sun", "mon", "tue", "wed"), "09:00-17:00")


@pytest.mark.parametrize(
    ("minute", "fa", "ar", "en"),
    [
        (0, "۰:۰۰", "12 منتصف الليل", "0:00"),
        (30, "۰:۳۰", "12:30 صباحًا", "0:30"),
        (540, "۹:۰۰", "9 صباحًا", "9:00"),
        (720, "۱۲:۰۰", "12 ظهرًا", "12:00"),
        (750, "۱۲:۳۰", "12:30 ظهرًا", "12:30"),
        (1260, "۲۱:۰۰", "9 مساءً", "21:00"),
        (1380, "۲۳:۰۰", "11 مساءً", "23:00"),
        (1440, "۲۴:۰۰", "12 منتصف الليل", "24:00"),
        (1560, "۲:۰۰", "2 صباحًا", "2:00"),
    ],
)
def test_a_time_is_written_as_the_language_does(minute, fa, ar, en):
    assert [clock(minute, lang) for lang in Lang] == [fa, ar, en]


WEEKS = {
    "always": (
        "always",
        "شبانه‌روزی، هر روز هفته",
        "على مدار الساعة، كل أيام الأسبوع",
        "around the clock, every day",
    ),
    "never": (
        {"fri": "closed"},
        "فعلاً پاسخ‌گو نیست",
        "غير متاح حاليًا",
        "not available at present",
    ),
    "every day": (
        {"every_day": "09:00-23:00"},
        "هر روز ۹:۰۰ تا ۲۳:۰۰",
        "كل يوم من 9 صباحًا إلى 11 مساءً",
        "every day 9:00 to 23:00",
    ),
    "to midnight": (
        {"every_day": "08:00-24:00"},
        "هر روز ۸:۰۰ تا ۲۴:۰۰",
        "كل يوم من 8 صباحًا إلى 12 منتصف الليل",
        "every day 8:00 to 24:00",
    ),
    "working days and a short Thursday": (
        {**WORKING_DAYS, "thu": "09:00-13:00"},
        "شنبه تا چهارشنبه ۹:۰۰ تا ۱۷:۰۰؛ پنج‌شنبه ۹:۰۰ تا ۱۳:۰۰؛ جمعه تعطیل",
        "من السبت إلى الأربعاء من 9 صباحًا إلى 5 مساءً؛ الخميس من 9 صباحًا إلى 1 مساءً؛ الجمعة مغلق",
        "Saturday to Wednesday 9:00 to 17:00; Thursday 9:00 to 13:00; closed Friday",
    ),
    "a pause and a week-end": (
        WORKING_DAYS | {"mon": "09:00-13:00, 16:00-20:00"},
        "شنبه، یکشنبه، سه‌شنبه و چهارشنبه ۹:۰۰ تا ۱۷:۰۰؛ "
        "دوشنبه ۹:۰۰ تا ۱۳:۰۰ و ۱۶:۰۰ تا ۲۰:۰۰؛ پنج‌شنبه و جمعه تعطیل",
        "السبت، الأحد، الثلاثاء والأربعاء من 9 صباحًا إلى 5 مساءً؛ "
        "الاثنين من 9 صباحًا إلى 1 مساءً ومن 4 مساءً إلى 8 مساءً؛ الخميس والجمعة مغلق",
        "Saturday, Sunday, Tuesday and Wednesday 9:00 to 17:00; "
        "Monday 9:00 to 13:00 and 16:00 to 20:00; closed Thursday and Friday",
    ),
    "past midnight": (
        {"every_day": "18:00-02:00"},
        "هر روز ۱۸:۰۰ تا ۲:۰۰",
        "كل يوم من 6 مساءً إلى 2 صباحًا",
        "every day 18:00 to 2:00",
    ),
    "one day around the clock": (
        {"fri": "00:00-24:00", "sat": "09:00-12:00"},
        "شنبه ۹:۰۰ تا ۱۲:۰۰؛ جمعه شبانه‌روزی؛ یکشنبه تا پنج‌شنبه تعطیل",
        "السبت من 9 صباحًا إلى 12 ظهرًا؛ الجمعة على مدار الساعة؛ من الأحد إلى الخميس مغلق",
        "Saturday 9:00 to 12:00; Friday around the clock; closed Sunday to Thursday",
    ),
}


@pytest.mark.parametrize(("hours", "fa", "ar", "en"), WEEKS.values(), ids=WEEKS.keys())
def test_a_week_is_written_with_equal_days_together(hours, fa, ar, en):
    parsed = WeeklyHours.parse(hours)
    assert [weekly(parsed, lang) for lang in Lang] == [fa, ar, en]
