"""What an owner types becomes hours, days and promises; what cannot be is told by field."""

from datetime import date, datetime, timedelta, timezone

import pytest

from jawab.knowledge import load
from jawab.knowledge.calendar import is_open
from jawab.settings import PROJECT
from jawab.support.deliveries.notices import Notice
from jawab.support.errors import InvalidOverride
from jawab.support.overrides.form import (
    read_date,
    read_notices,
    read_promise,
    with_day,
    without_days,
)
from jawab.support.overrides.hours import read_week
from jawab.support.overrides.override import (
    NoticeSettings,
    Override,
    Part,
    Target,
    changed,
    notice_settings,
    value_of,
)
from jawab.support.overrides.promised_times import PROMISED_TIMES
from jawab.text.lang import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
TODAY = NOW.date()
NAMES = {Lang.FA: "انبارگردانی", Lang.AR: "", Lang.EN: " Stock  taking "}


@pytest.fixture(scope="module")
def shops():
    return load(PROJECT).shops


def override(target, value, shop="souq"):
    return Override(1, shop, Target.parse(target), value, 1, "سارا", NOW)


def problems(call, *args, **more):
    with pytest.raises(InvalidOverride) as caught:
        call(*args, **more)
    return caught.value.problems


def test_a_target_is_read_as_it_is_written():
    for written in ("hours.phone", "promise.live_chat", "closing_days", "notices"):
        assert str(Target.parse(written)) == written
    for wrong in ("", "hours", "notices.phone", "colour"):
        assert Target.parse(wrong) is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("09:00-13:00, 16:00-20:00", "09:00-13:00, 16:00-20:00"),
        ("۹ تا ۱۳، ۱۶ تا ۲۰:۳۰", "09:00-13:00, 16:00-20:30"),
        ("٩ إلى ٢١", "09:00-21:00"),
        ("9 to 5:30", "09:00-05:30"),
        ("18:00-02:00", "18:00-02:00"),
        ("شبانه‌روزی", "00:00-24:00"),
        ("24", "00:00-24:00"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, stored):
    assert read_week([typed, *["بسته"] * 6]) == {"mon": stored}


def test_a_whole_week_has_its_short_forms():
    assert read_week(["24"] * 7) == "always"
    assert read_week(["", "closed", "مغلق", "تعطیل", "-", "", ""]) == {"every_day": "closed"}


def test_each_day_that_cannot_be_read_is_named():
    typed = ["9-12, 11-15", "25:00-26:00", "later", "", "", "", ""]
    assert problems(read_week, typed) == {
        "mon": "hours_overlap",
        "tue": "hours_unreadable",
        "wed": "hours_unreadable",
    }


def test_what_a_shop_has_is_what_the_form_stores(shops):
    for shop in shops.values():
        for channel in shop.channels:
            target = Target(Part.HOURS, channel)
            value = value_of(shop, target)
            assert changed(shop, [override(str(target), value, shop.id)]) == shop


def test_hours_of_a_channel_change_and_go_back(shops):
    souq = shops["souq"]
    assert is_open(souq, "phone", NOW)
    closed = changed(souq, [override("hours.phone", {"every_day": "closed"})])
    assert not is_open(closed, "phone", NOW)
    assert is_open(closed, "live_chat", NOW)
    assert changed(souq, [override("hours.phone", None)]) is souq


def test_another_shops_and_an_earlier_profiles_overrides_change_nothing(shops):
    souq = shops["souq"]
    strange = [
        override("hours.phone", {"every_day": "closed"}, "digikala"),
        override("hours.fax", "always"),
        override("hours.phone", {"noday": "closed"}),
        override("promise.phone", {"minutes": 7}),
        override("closing_days", {"own": 5}),
    ]
    assert changed(souq, strange) == souq


def test_a_promise_changes_with_its_words(shops):
    shop = changed(shops["souq"], [override("promise.email", read_promise("240"))])
    email = shop.channel("email")
    assert email.promise == timedelta(hours=4)
    assert email.response[Lang.AR] == "خلال 4 ساعات"
    for typed in ("", "7", "-5", "x", "٥"):
        assert problems(read_promise, typed) == {"minutes": "promise_unknown"}


def test_promised_times_have_words_in_every_language():
    assert all(texts[lang].strip() for texts in PROMISED_TIMES.values() for lang in Lang)


@pytest.mark.parametrize(
    "typed",
    [
        "2027-03-20",
        "۱۴۰۵/۱۲/۲۹",
        "۲۹ اسفند ۱۴۰۵",
        "۲۹ اسفند",
        "١٢ شوال ١٤٤٨",
        "1448/10/12",
        "20 March",
        "March 20, 2027",
    ],
)
def test_a_date_is_read_in_three_calendars(typed):
    assert read_date(typed, today=TODAY) == date(2027, 3, 20)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "date_unreadable"),
        ("nowruz", "date_unreadable"),
        ("2027-03-20 and 2027-03-21", "date_unreadable"),
        ("1405/13/01", "date_unreadable"),
        ("2027-01-01", "date_past"),
    ],
)
def test_what_is_no_date_to_come_is_told(typed, problem):
    assert problems(read_date, typed, today=TODAY) == {"date": problem}


def test_closing_days_come_and_go(shops):
    souq = shops["souq"]
    value = value_of(souq, Target(Part.CLOSING_DAYS))
    more = with_day({**value, "public_holidays": False}, TODAY, NAMES, Lang.AR)
    shop = changed(souq, [override("closing_days", more)])
    assert not is_open(shop, "phone", NOW)
    assert shop.closing_days.own[0].name == {
        Lang.FA: "انبارگردانی",
        Lang.AR: "انبارگردانی",
        Lang.EN: "Stock taking",
    }
    assert without_days(more, [TODAY.isoformat()])["own"] == []
    assert problems(with_day, more, TODAY, NAMES, Lang.AR) == {"date": "date_taken"}
    assert problems(with_day, value, TODAY, {Lang.FA: " "}, Lang.AR) == {"name": "name_missing"}


def test_notices_are_all_sent_until_they_are_set():
    assert notice_settings(None) == NoticeSettings(frozenset(Notice), None, True)
    stored = read_notices(["solved", "no-such"], "  Souq   care ", False)
    assert stored == {"mail": ["solved"], "from_name": "Souq care", "webhook": False}
    assert notice_settings(stored) == NoticeSettings(
        frozenset((Notice.SOLVED,)), "Souq care", False
    )
    assert problems(read_notices, [], "a <b@c>", True) == {"from_name": "from_name_wrong"}
