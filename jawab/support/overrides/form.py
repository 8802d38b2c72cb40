"""Reading what an owner typed into a form of settings into the form that is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jawab.support.deliveries.notices import Notice
from jawab.support.errors import InvalidOverride
from jawab.support.overrides import dates as override_dates
from jawab.support.overrides.promised_times import PROMISED_TIMES
from jawab.support.texts import storable
from jawab.text.lang import Lang

MOST_CLOSING_DAYS = 200
LONGEST_NAME = 80


def read_promise(typed: str) -> Any:
    """Minutes of a promise, one of `PROMISED_TIMES`; `InvalidOverride`."""
    if not typed.isascii() or not typed.isdigit() or int(typed[:9]) not in PROMISED_TIMES:
        raise InvalidOverride({"minutes": "promise_unknown"})
    return {"minutes": int(typed)}


def read_notices(mail: Iterable[str], from_name: str, webhook: bool) -> Any:
    """Which mails leave and under which name; `InvalidOverride` for a name that no mail can bear."""
    name = " ".join(storable(from_name).split())
    if len(name) > LONGEST_NAME or any(sign in name for sign in "<>@\"'\\"):
        raise InvalidOverride({"from_name": "from_name_wrong"})
    wanted = set(mail)
    return {
        "mail": [notice.value for notice in Notice if notice.value in wanted],
        "from_name": name or None,
        "webhook": webhook,
    }


def read_date(typed: str, *, today: date) -> date:
    """The day typed in any of the three calendars and digits; `InvalidOverride` when it is none, or past."""
    day = override_dates.read(typed, today=today)
    if day is None:
        raise InvalidOverride({"date": "date_unreadable"})
    if day < today:
        raise InvalidOverride({"date": "date_past"})
    return day


def with_day(value: Mapping[str, Any], day: date, names: Mapping[Lang, str], first: Lang) -> Any:
    """Closing days with one more; a language without a name gets that of `first` or of another.

    `InvalidOverride` where there is no name, the day is there already, or there are too many.
    """
    given = {lang: " ".join(storable(name).split())[:LONGEST_NAME] for lang, name in names.items()}
    spoken = given.get(first) or next(filter(None, given.values()), "")
    if not spoken:
        raise InvalidOverride({"name": "name_missing"})
    own = list(value["own"])
    if any(one["date"] == day.isoformat() for one in own):
        raise InvalidOverride({"date": "date_taken"})
    if len(own) >= MOST_CLOSING_DAYS:
        raise InvalidOverride({"date": "too_many_days"})
    name = {lang.value: given.get(lang) or spoken for lang in Lang}
    own = sorted([*own, {"date": day.isoformat(), "name": name}], key=lambda one: str(one["date"]))
    return {**value, "own": own}


def without_days(value: Mapping[str, Any], days: Iterable[str]) -> Any:
    """Closing days without these, by their ISO dates."""
    gone = set(days)
    return {**value, "own": [one for one in value["own"] if one["date"] not in gone]}
