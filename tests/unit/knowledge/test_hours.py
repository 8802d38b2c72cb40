"""Weekly hours as an owner writes them."""

from __future__ import annotations

import pytest

from jawab.knowledge.errors import BadHours
from jawab.knowledge.hours import Span, WeeklyHours

NINE_TO_NINE = (Span(540, 1260),)


def test_always_has_no_closed_minute():
    hours = WeeklyHours.parse("always")
    assert hours.always
    assert hours.days == ((Span(0, 1440),),) * 7


def test_every_day_is_seven_equal_days():
    assert WeeklyHours.parse({"every_day": "09:00-21:00"}).days == (NINE_TO_NINE,) * 7


def test_an_absent_day_is_closed():
    hours = WeeklyHours.parse({"sat": "09:00-21:00"})
    assert hours.days == ((), (), (), (), (), NINE_TO_NINE, ())


def test_a_named_day_is_an_exception_to_every_day():
    hours = WeeklyHours.parse({"every_day": "09:00-21:00", "fri": "closed", "thu": "09:00-13:00"})
    assert hours.days[4] == ()
    assert hours.days[3] == (Span(540, 780),)
    assert hours.days[0] == NINE_TO_NINE


def test_a_table_of_closed_days_never_opens():
    hours = WeeklyHours.parse({"every_day": "closed"})
    assert hours.never
    assert not hours.always


def test_all_day_every_day_is_always_however_it_is_written():
    assert WeeklyHours.parse({"every_day": "00:00-24:00"}).always


SPANS = {
    "one": ("09:00-21:00", (Span(540, 1260),)),
    "two": ("09:00-13:00, 16:00-20:00", (Span(540, 780), Span(960, 1200))),
    "out of order": ("16:00-20:00, 09:00-13:00", (Span(540, 780), Span(960, 1200))),
    "to midnight": ("08:00-24:00", (Span(480, 1440),)),
    "to midnight, as zero": ("08:00-00:00", (Span(480, 1440),)),
    "past midnight": ("18:00-02:00", (Span(1080, 1560),)),
    "one digit": ("9:00-21:30", (Span(540, 1290),)),
    "blanks and a dash": (" 09:00 – 21:00 ", (Span(540, 1260),)),
    "Persian digits": ("۰۹:۰۰-۲۱:۰۰", (Span(540, 1260),)),
    "Arabic digits and comma": ("٠٩:٠٠-١٣:٠٠، ١٦:٠٠-٢٠:٠٠", (Span(540, 780), Span(960, 1200))),
}


@pytest.mark.parametrize(("written", "spans"), SPANS.values(), ids=SPANS.keys())
def test_hours_are_read_as_an_owner_writes_them(written, spans):
    assert WeeklyHours.parse({"every_day": written}).days[0] == spans


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "sometimes",
        {},
        [],
        540,
        {"every_day": 540},
        {"every_day": None},
        {"every_day": ""},
        {"every_day": "9-21"},
        {"every_day": "25:00-26:00"},
        {"every_day": "09:60-21:00"},
        {"every_day": "09:00-24:30"},
        {"every_day": "24:00-08:00"},
        {"every_day": "09:00-09:00"},
        {"every_day": "09:00-13:00, 12:00-20:00"},
        {"every_day": "09:00-13:00,"},
        {"someday": "09:00-21:00"},
        {True: "09:00-21:00"},
    ],
)
def test_what_cannot_be_hours_is_refused(written):
    with pytest.raises(BadHours):
        WeeklyHours.parse(written)
