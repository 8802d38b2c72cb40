"""Public holidays from the library, checked against the calendars they follow."""

from __future__ import annotations

from datetime import date

import jdatetime
import pytest

from jawab.knowledge.phrases import holiday_names
from jawab.knowledge.public_holidays import knows_country, public_holidays
from jawab.text.language import Lang

YEARS = (2026, 2027, 2028)
# Iran's holidays of the solar calendar, by Jalali month and day.
SOLAR = {
    (1, 1): "Nowruz",
    (1, 2): "Nowruz",
    (1, 3): "Nowruz",
    (1, 4): "Nowruz",
    (1, 12): "Islamic Republic Day",
    (1, 13): "Nature Day",
    (3, 14): "the anniversary of Imam Khomeini's death",
    (3, 15): "the anniversary of the 15 Khordad uprising",
    (11, 22): "Islamic Revolution Day",
    (12, 29): "Oil Nationalization Day",
}
# Lunar ones by their names in our table; each falls once in every lunar year.
LUNAR = ("Tasua", "Ashura", "Arbaeen", "Eid al-Fitr", "Eid al-Adha", "Eid al-Ghadir", "Mab'ath")


@pytest.mark.parametrize("year", [1405, 1406, 1407])
def test_irans_solar_holidays_fall_on_their_jalali_dates(year: int):
    for (month, day), name in SOLAR.items():
        found = jdatetime.date(year, month, day).togregorian()
        assert name in public_holidays("IR", found.year)[found].name[Lang.EN]


@pytest.mark.parametrize("year", [1405, 1406, 1407])
@pytest.mark.parametrize("name", LUNAR)
def test_irans_lunar_holidays_fall_in_each_jalali_year(year: int, name: str):
    first = jdatetime.date(year, 1, 1).togregorian()
    last = jdatetime.date(year + 1, 1, 1).togregorian()
    found = [
        holiday
        for each in (year + 621, year + 622)
        for day, holiday in public_holidays("IR", each).items()
        if first <= day < last and name in holiday.name[Lang.EN]
    ]
    assert 1 <= len(found) <= 4


@pytest.mark.parametrize("year", YEARS)
def test_both_eids_follow_each_other_by_seventy_days(year: int):
    for country in ("IR", "SA"):
        days = public_holidays(country, year)
        fitr = min(day for day, holiday in days.items() if "Eid al-Fitr" in holiday.name[Lang.EN])
        adha = min(day for day, holiday in days.items() if "Eid al-Adha" in holiday.name[Lang.EN])
        assert 65 <= (adha - fitr).days <= 71


def test_what_the_moon_has_still_to_decide_is_marked():
    iran = public_holidays("IR", 2027)
    assert iran[date(2027, 6, 16)].estimated  # Ashura
    assert not iran[date(2027, 3, 21)].estimated  # Nowruz
    both = public_holidays("IR", 2026)
    assert not both[date(2026, 3, 21)].estimated  # Eid al-Fitr perhaps, Nowruz certainly
    assert not both[date(2026, 3, 23)].estimated
    arabia = public_holidays("SA", 2028)
    assert arabia[date(2028, 2, 27)].estimated  # Eid al-Fitr
    assert not arabia[date(2028, 2, 22)].estimated  # Founding Day


def test_saudi_arabias_own_days_are_known():
    days = public_holidays("SA", 2026)
    assert days[date(2026, 2, 22)].name[Lang.AR] == "يوم التأسيس"
    assert days[date(2026, 9, 23)].name[Lang.FA] == "روز ملی عربستان سعودی"


def test_two_holidays_of_one_day_are_both_named():
    day = public_holidays("IR", 2026)[date(2026, 3, 21)]
    assert day.name[Lang.FA] == "عید فطر و نوروز"
    assert day.name[Lang.AR] == "عيد الفطر وعيد النوروز"
    assert day.name[Lang.EN] == "Eid al-Fitr and Nowruz"


def test_a_day_off_in_place_of_a_feast_is_named_so():
    days = public_holidays("SA", 2027)
    assert days[date(2027, 3, 12)].name[Lang.AR] == "عيد الفطر"
    in_lieu = days[date(2027, 3, 14)]
    assert in_lieu.name[Lang.FA] == "تعطیلی جبرانی عید فطر"
    assert in_lieu.name[Lang.AR] == "عيد الفطر (عطلة تعويضية)"
    assert in_lieu.name[Lang.EN] == "Eid al-Fitr (day in lieu)"
    assert in_lieu.estimated


@pytest.mark.parametrize("country", ["IR", "SA"])
def test_our_table_names_every_holiday_of_the_coming_years(country: str):
    known = {name for texts in holiday_names().values() for name in texts.values()}
    for year in range(2024, 2036):
        for holiday in public_holidays(country, year).values():
            for lang in Lang:
                assert any(name in holiday.name[lang] for name in known), holiday
            assert not any("A" <= letter <= "z" for letter in holiday.name[Lang.FA])


def test_a_country_outside_our_table_has_the_librarys_names():
    days = public_holidays("AE", 2026)
    assert any(holiday.name[Lang.EN] == "New Year's Day" for holiday in days.values())
    assert days[date(2026, 1, 1)].name[Lang.AR] == "رأس السنة الميلادية"


def test_a_country_without_lunar_holidays_has_holidays_too():
    assert date(2026, 10, 3) in public_holidays("DE", 2026)


@pytest.mark.parametrize(
    ("code", "known"), [("IR", True), ("SA", True), ("XX", False), ("Iran", False), ("", False)]
)
def test_a_country_is_known_by_its_two_letters(code: str, known: bool):
    assert knows_country(code) is known
