"""Open or closed, until when, and when again; the clock is always passed in."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jawab.knowledge import ClosingDay, ClosingDays, Knowledge, Shop, WeeklyHours
from jawab.knowledge.calendar import (
    closing_day,
    closing_days,
    is_open,
    local_date,
    next_opening,
    status,
)
from jawab.knowledge.errors import NaiveClock, UnknownChannel
from jawab.knowledge.hours import DAYS
from jawab.knowledge.shop import Channel, Reckoning
from jawab.text.language import Lang

TEHRAN = ZoneInfo("Asia/Tehran")
NAME = dict.fromkeys(Lang, "x")
MINUTE = timedelta(minutes=1)


def shop(hours: object, *, zone: str = "Asia/Tehran", closed: tuple[date, ...] = ()) -> Shop:
    return Shop(
        id="s",
        name=NAME,
        language=Lang.FA,
        zone=ZoneInfo(zone),
        calendar=Reckoning.JALALI,
        country="IR",
        site="https://s.example",
        order_number=re.compile("[0-9]+"),
        channels={"phone": Channel("phone", NAME, WeeklyHours.parse(hours))},
        closing_days=ClosingDays(own=tuple(ClosingDay(day, NAME) for day in closed)),
    )


def tehran(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026; the 21st is a Saturday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TEHRAN)


def test_a_channel_is_open_in_its_hours_and_says_until_when():
    found = status(shop({"every_day": "09:00-21:00"}), "phone", tehran(24, 12))
    assert found.open
    assert found.until == tehran(24, 21)


def test_the_first_minute_is_open_and_the_last_is_not():
    profile = shop({"every_day": "09:00-21:00"})
    assert not is_open(profile, "phone", tehran(24, 8, 59))
    assert is_open(profile, "phone", tehran(24, 9))
    assert is_open(profile, "phone", tehran(24, 20, 59))
    assert not is_open(profile, "phone", tehran(24, 21))


def test_a_closed_channel_says_when_it_opens():
    found = status(shop({"every_day": "09:00-21:00"}), "phone", tehran(24, 22))
    assert not found.open
    assert found.opens == tehran(25, 9)
    assert found.closing_day is None


def test_a_pause_at_noon_ends_the_same_day():
    profile = shop({"every_day": "09:00-13:00, 16:00-20:00"})
    assert status(profile, "phone", tehran(24, 14)).opens == tehran(24, 16)


def test_the_clock_may_stand_in_any_zone():
    profile = shop({"every_day": "09:00-21:00"})
    assert is_open(profile, "phone", datetime(2026, 11, 24, 5, 30, tzinfo=timezone.utc))
    assert not is_open(profile, "phone", datetime(2026, 11, 24, 5, 29, tzinfo=timezone.utc))


def test_a_clock_without_a_zone_is_refused():
    for ask in (is_open, next_opening, status):
        with pytest.raises(NaiveClock):
            ask(shop("always"), "phone", datetime(2026, 11, 24, 12))
    with pytest.raises(NaiveClock):
        local_date(shop("always"), datetime(2026, 11, 24, 12))


def test_an_unknown_channel_is_refused():
    with pytest.raises(UnknownChannel, match="has no channel 'fax'; it has phone"):
        status(shop("always"), "fax", tehran(24, 12))


def test_friday_closes_nothing_by_itself():
    assert is_open(shop({"every_day": "09:00-21:00"}), "phone", tehran(27, 12))


def test_a_day_absent_from_the_table_is_closed_without_a_closing_day():
    found = status(shop({"sat": "09:00-21:00"}), "phone", tehran(24, 12))
    assert found.opens == tehran(28, 9)
    assert found.closing_day is None


def test_hours_to_midnight_end_at_the_next_days_beginning():
    found = status(shop({"every_day": "08:00-24:00"}), "phone", tehran(24, 23, 59))
    assert found.until == tehran(25, 0)
    assert not is_open(shop({"every_day": "08:00-24:00"}), "phone", tehran(25, 0))


def test_hours_past_midnight_belong_to_the_evening_they_begin_in():
    profile = shop({"mon": "18:00-02:00"})  # the 23rd
    assert status(profile, "phone", tehran(23, 23)).until == tehran(24, 2)
    assert is_open(profile, "phone", tehran(24, 1, 59))
    assert not is_open(profile, "phone", tehran(24, 2))
    assert not is_open(profile, "phone", tehran(23, 1))


def test_neighbouring_hours_are_one_opening():
    profile = shop({"mon": "18:00-24:00", "tue": "00:00-06:00"})
    assert status(profile, "phone", tehran(23, 20)).until == tehran(24, 6)


def test_around_the_clock_has_no_end_in_sight():
    found = status(shop("always"), "phone", tehran(24, 3))
    assert found.open
    assert found.until is None
    assert next_opening(shop("always"), "phone", tehran(24, 3)) is None


def test_a_closing_day_ends_even_around_the_clock():
    profile = shop("always", closed=(date(2026, 11, 25),))
    eve = status(profile, "phone", tehran(24, 12))
    assert (eve.open, eve.until, eve.closing_day.date) == (True, tehran(25, 0), date(2026, 11, 25))
    day = status(profile, "phone", tehran(25, 12))
    assert (day.open, day.opens, day.closing_day.date) == (False, tehran(26, 0), date(2026, 11, 25))
    assert next_opening(profile, "phone", tehran(24, 12)) == tehran(26, 0)


def test_a_closing_day_beyond_a_week_is_not_announced():
    found = status(shop("always", closed=(date(2026, 12, 25),)), "phone", tehran(24, 12))
    assert found.open
    assert found.until is None
    assert found.closing_day is None


def test_a_closing_day_passed_over_on_the_way_is_named():
    profile = shop({"every_day": "09:00-21:00"}, closed=(date(2026, 11, 25),))
    found = status(profile, "phone", tehran(24, 22))
    assert found.opens == tehran(26, 9)
    assert found.closing_day.date == date(2026, 11, 25)


def test_a_closing_day_on_a_day_that_is_closed_anyway_is_not_to_blame():
    profile = shop({"sat": "09:00-21:00"}, closed=(date(2026, 11, 25),))
    assert status(profile, "phone", tehran(25, 12)).closing_day is None


def test_a_night_shift_ends_at_the_midnight_of_a_closing_day():
    profile = shop({"every_day": "18:00-02:00"}, closed=(date(2026, 11, 25),))
    assert status(profile, "phone", tehran(24, 20)).until == tehran(25, 0)
    assert not is_open(profile, "phone", tehran(25, 1))
    assert not is_open(profile, "phone", tehran(26, 1))
    assert is_open(profile, "phone", tehran(26, 19))


def test_a_channel_that_never_opens_says_so():
    profile = shop({"every_day": "closed"})
    found = status(profile, "phone", tehran(24, 12))
    assert (found.open, found.until, found.opens) == (False, None, None)
    assert next_opening(profile, "phone", tehran(24, 12)) is None


def test_the_next_opening_of_an_open_channel_is_the_one_after():
    assert next_opening(shop({"every_day": "09:00-21:00"}), "phone", tehran(24, 12)) == tehran(
        25, 9
    )


def test_an_hour_put_forward_swallows_the_hours_in_it():
    # On 29 March 2026 clocks in Berlin go from 2:00 to 3:00.
    berlin = ZoneInfo("Europe/Berlin")
    profile = shop({"every_day": "02:00-03:00"}, zone="Europe/Berlin")
    found = next_opening(profile, "phone", datetime(2026, 3, 28, 12, tzinfo=berlin))
    assert found == datetime(2026, 3, 30, 2, tzinfo=berlin)


def test_an_hour_put_back_lengthens_the_night_shift():
    # On 25 October 2026 clocks in Berlin go from 3:00 to 2:00.
    berlin = ZoneInfo("Europe/Berlin")
    profile = shop({"every_day": "22:00-06:00"}, zone="Europe/Berlin")
    now = datetime(2026, 10, 24, 22, tzinfo=berlin)
    until = status(profile, "phone", now).until
    assert until.astimezone(timezone.utc) - now.astimezone(timezone.utc) == timedelta(hours=9)


def test_own_closing_days_go_before_public_holidays(knowledge: Knowledge):
    bazaar = knowledge.shop("bazaar")
    assert closing_day(bazaar, date(2026, 11, 25)).name[Lang.EN] == "stocktaking"
    assert closing_day(bazaar, date(2027, 3, 23)).name[Lang.FA] == "نوروز"
    assert closing_day(bazaar, date(2026, 11, 26)) is None


def test_a_shop_whose_profile_does_not_say_so_works_on_public_holidays(knowledge: Knowledge):
    assert closing_day(knowledge.shop("dukkan"), date(2026, 9, 23)) is None


def test_closing_days_close_every_channel(knowledge: Knowledge):
    now = datetime(2026, 11, 25, 12, tzinfo=TEHRAN)
    bazaar = knowledge.shop("bazaar")
    assert not any(is_open(bazaar, channel, now) for channel in bazaar.channels)


def test_next_closing_days_begin_with_today(knowledge: Knowledge):
    now = datetime(2026, 11, 25, 12, tzinfo=TEHRAN)
    found = closing_days(knowledge.shop("bazaar"), now, count=3)
    assert [day.date for day in found] == [
        date(2026, 11, 25),
        date(2026, 12, 23),
        date(2027, 1, 6),
    ]


def test_today_is_the_shops_today(knowledge: Knowledge):
    now = datetime(2026, 11, 24, 21, tzinfo=timezone.utc)
    assert local_date(knowledge.shop("bazaar"), now) == date(2026, 11, 25)


spans = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda s: s[0] != s[1])
tables = st.dictionaries(st.sampled_from(DAYS), spans, min_size=1, max_size=7)
moments = st.datetimes(
    datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(timezone.utc)
).map(lambda moment: moment.replace(second=0, microsecond=0))
zones = st.sampled_from(["Asia/Tehran", "Asia/Riyadh", "Europe/Berlin", "America/St_Johns"])


def table_of(drawn: dict[str, tuple[int, int]]) -> dict[str, str]:
    def clock(minute: int) -> str:
        return f"{minute // 60:02}:{minute % 60:02}"

    return {day: f"{clock(start)}-{clock(end)}" for day, (start, end) in drawn.items()}


@st.composite
def situations(draw: st.DrawFn) -> tuple[Shop, datetime]:
    now = draw(moments)
    closed = draw(st.lists(st.integers(-2, 9), max_size=4))
    days = tuple(sorted({now.date() + timedelta(days=n) for n in closed}))
    return shop(table_of(draw(tables)), zone=draw(zones), closed=days), now


@settings(deadline=None, max_examples=300)
@given(situations())
def test_the_next_opening_is_open_and_the_minute_before_is_not(situation):
    profile, now = situation
    opens = next_opening(profile, "phone", now)
    assert opens is not None
    assert opens > now
    moment = opens.astimezone(timezone.utc)
    assert is_open(profile, "phone", moment)
    assert not is_open(profile, "phone", moment - MINUTE)


@settings(deadline=None, max_examples=300)
@given(situations())
def test_a_closed_channel_stays_closed_until_it_opens(situation):
    profile, now = situation
    found = status(profile, "phone", now)
    if found.open:
        return
    moment, opens = now, found.opens.astimezone(timezone.utc)
    assert next_opening(profile, "phone", now) == opens
    for step in range(20):
        moment = now + (opens - now) * step / 20
        assert not is_open(profile, "phone", moment)


@settings(deadline=None, max_examples=300)
@given(situations())
def test_an_open_channel_stays_open_until_it_closes(situation):
    profile, now = situation
    found = status(profile, "phone", now)
    if not found.open or found.until is None:
        return
    until = found.until.astimezone(timezone.utc)
    assert until > now
    assert is_open(profile, "phone", until - MINUTE)
    assert not is_open(profile, "phone", until)
    for step in range(20):
        assert is_open(profile, "phone", now + (until - now) * step / 20)


@settings(deadline=None, max_examples=200)
@given(situations())
def test_nothing_is_open_on_a_closing_day(situation):
    profile, now = situation
    if closing_day(profile, local_date(profile, now)):
        assert not is_open(profile, "phone", now)
        assert status(profile, "phone", now).opens.date() > local_date(profile, now)
