"""Plots read from the side their language begins at; tables leave as texts and numbers, never as formulas."""

import csv
from datetime import date, datetime, timezone
from io import StringIO
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from jawab.desk.owner import csv_text, period, plots
from jawab.desk.owner.plots import WIDTH, Bar

NOW = datetime(2027, 1, 2, 22, tzinfo=timezone.utc)  # 3 January in Tehran and in Riyadh
TEHRAN = ZoneInfo("Asia/Tehran")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(markup):
    return ElementTree.fromstring(str(markup).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


@pytest.mark.parametrize("rtl", [False, True])
def test_bars_begin_at_the_reading_side_and_keep_their_proportions(rtl):
    rows = [Bar("یک", 10, "۱۰", "left"), Bar("<b>", 5, "۵"), Bar("هیچ", 0, "۰")]
    svg = drawn(plots.bars("x", "عنوان", "شرح", rows, rtl=rtl))
    one, two, none = svg.findall(f"{SVG}rect")
    assert float(one.get("width")) == 2 * float(two.get("width")) > 0
    assert float(none.get("width")) == 0
    begins = [float(r.get("x")) + (float(r.get("width")) if rtl else 0) for r in (one, two)]
    assert begins[0] == begins[1] == (WIDTH if rtl else 0)
    assert (svg.find(f"{SVG}title").text, svg.find(f"{SVG}desc").text) == ("عنوان", "شرح")
    assert "<b>" in [text.text for text in svg.findall(f"{SVG}text")]


def test_columns_are_stacked_and_run_from_the_reading_side():
    stacks = [("شنبه", {"left": 1, "confirmed": 3}), ("یکشنبه", {"left": 0, "confirmed": 2})]
    for rtl in (False, True):
        svg = drawn(plots.columns("x", "t", "d", stacks, rtl=rtl, top="۴"))
        below, above, second = svg.findall(f"{SVG}rect")
        assert float(above.get("y")) < float(below.get("y"))
        assert float(above.get("height")) == pytest.approx(3 * float(below.get("height")))
        assert (float(second.get("x")) < float(below.get("x"))) is rtl


def test_nothing_at_all_is_drawn_too():
    assert drawn(plots.bars("x", "t", "d", [Bar("a", 0, "0")], rtl=True)) is not None
    assert drawn(plots.columns("x", "t", "d", [], rtl=True, top="0")) is not None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_a_cell_never_starts_a_formula(start):
    cell = csv_text.cell(f"{start}cmd|' /C calc'!A0")
    assert cell.startswith("'")


def test_a_file_is_read_back_as_it_was_written():
    rows = [("نام، «ویرگول»", 5, None, 0.5, NOW), ('"', "a\nb", date(2027, 1, 2), -3, "سلام")]
    content = (csv_text.head(["الف", "b"]) + csv_text.lines(rows)).decode("utf-8")
    assert content[0] == csv_text.BYTE_ORDER_MARK
    assert list(csv.reader(StringIO(content[1:], newline=""))) == [
        ["الف", "b"],
        ["نام، «ویرگول»", "5", "", "0.5", "2027-01-02T22:00:00+00:00"],
        ['"', "a\nb", "2027-01-02", "-3", "سلام"],
    ]


def test_the_last_days_end_with_today_in_the_shops_zone():
    week = period.read("7", "", "", now=NOW, zone=TEHRAN)
    assert (week.first, week.last, week.days) == (date(2026, 12, 28), date(2027, 1, 3), 7)
    assert week.start == datetime(2026, 12, 28, tzinfo=TEHRAN)
    assert week.end == datetime(2027, 1, 4, tzinfo=TEHRAN)
    assert len(week.dates) == 7
    assert period.read("5000", "", "", now=NOW, zone=TEHRAN).days == 30


def test_a_period_is_typed_in_any_calendar():
    found = period.read("", "۱۴۰۵/۱۰/۱", "2026-12-31", now=NOW, zone=TEHRAN)
    assert (found.first, found.last, found.days) == (date(2026, 12, 22), date(2026, 12, 31), None)
    open_ended = period.read("", "2026-12-31", "", now=NOW, zone=TEHRAN)
    assert open_ended.last == date(2027, 1, 3)
    assert period.read("", "2026-12-31", "2027-02-01", now=NOW, zone=TEHRAN) == open_ended


@pytest.mark.parametrize(
    ("first", "last"),
    [("soon", ""), ("", "2026-12-31"), ("2026-12-31", "2026-12-01"), ("2027-02-01", "2027-02-02")],
)
def test_dates_that_make_no_period_are_none(first, last):
    assert period.read("", first, last, now=NOW, zone=TEHRAN) is None


def test_a_very_long_period_is_cut():
    found = period.read("", "2020-01-01", "", now=NOW, zone=TEHRAN)
    assert len(found.dates) == period.MOST_DAYS
