"""Reading data/shops/<shop>.yml."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jawab.knowledge import shapes
from jawab.knowledge.channel_entries import channels
from jawab.knowledge.public_holidays import knows_country
from jawab.knowledge.report import Place, Report
from jawab.knowledge.shop import ACCENT, ClosingDay, ClosingDays, Reckoning, Shop
from jawab.knowledge.texts import Texts, frozen
from jawab.text.language import Lang

_REQUIRED = (
    "id",
    "name",
    "language",
    "time_zone",
    "calendar",
    "country",
    "order_number",
    "site",
    "channels",
)
_OPTIONAL = ("top_questions", "closing_days", "accent", "logo", "facts", "answers")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PICTURE = re.compile(r"(?:https://[^/\s\\]+)?/(?![/\\])[^\s\\]*")


def shop_file(content: object, report: Report) -> Shop | None:
    """Read the content of a shop's profile; whatever is wrong goes to `report`, then there may be no shop."""
    if content is None:
        return None
    table = shapes.mapping(content, "its content", report.about(None))
    if table is None:
        return None
    id = shapes.given(shapes.identifier, table, "id", report.about(None))
    place = report.about(id)
    complete = shapes.keys(table, "", place, required=_REQUIRED, optional=_OPTIONAL)
    name = shapes.given(shapes.texts, table, "name", place)
    language = shapes.given(_language, table, "language", place)
    zone = shapes.given(_zone, table, "time_zone", place)
    calendar = shapes.given(_calendar, table, "calendar", place)
    country = shapes.given(_country, table, "country", place)
    site = shapes.given(shapes.text, table, "site", place)
    order_number = shapes.given(_pattern, table, "order_number", place)
    ways = shapes.given(channels, table, "channels", place)
    top = shapes.given(shapes.identifiers, table, "top_questions", place) or ()
    closing = shapes.given(_closing_days, table, "closing_days", place) or ClosingDays()
    accent = shapes.given(_colour, table, "accent", place) or ACCENT
    logo = shapes.given(_picture, table, "logo", place)
    facts = shapes.given(_named_texts, table, "facts", place) or {}
    answers = shapes.given(_named_templates, table, "answers", place) or {}
    if not (complete and id and name and language and zone and calendar and country):
        return None
    if not (site and order_number and ways):
        return None
    return Shop(
        id=id,
        name=name,
        language=language,
        zone=zone,
        calendar=calendar,
        country=country,
        site=site,
        order_number=order_number,
        channels=frozen(ways),
        top_questions=top,
        closing_days=closing,
        accent=accent,
        logo=logo,
        facts=frozen(facts),
        answers=frozen(answers),
    )


def _language(value: object, path: str, place: Place) -> Lang | None:
    found = shapes.choice(value, path, place, [lang.value for lang in Lang])
    return None if found is None else Lang(found)


def _calendar(value: object, path: str, place: Place) -> Reckoning | None:
    found = shapes.choice(value, path, place, [each.value for each in Reckoning])
    return None if found is None else Reckoning(found)


def _zone(value: object, path: str, place: Place) -> ZoneInfo | None:
    name = shapes.text(value, path, place)
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        place.error(f"has the unknown {path} '{name}'", "write one as 'Asia/Tehran'")
        return None


def _country(value: object, path: str, place: Place) -> str | None:
    if value is False:  # YAML reads Norway's NO as "no"
        place.error(f"has yes or no as {path}", f'put it in quotes, {path}: "NO"')
        return None
    code = shapes.text(value, path, place)
    if code is None or knows_country(code):
        return code
    place.error(f"has the unknown {path} '{code}'", "write its two letters, as 'IR' or 'SA'")
    return None


def _pattern(value: object, path: str, place: Place) -> re.Pattern[str] | None:
    source = shapes.text(value, path, place)
    if source is None:
        return None
    try:
        return re.compile(source)
    except re.error as error:
        remedy = "write a regular expression, as '[0-9]{8,9}'"
        place.error(f"has '{source}' as {path}, which is no regular expression ({error})", remedy)
        return None


def _colour(value: object, path: str, place: Place) -> str | None:
    colour = shapes.text(value, path, place)
    if colour is None or _COLOUR.fullmatch(colour):
        return colour and colour.lower()
    place.error(f"has '{colour}' as {path}", f"write {path} in quotes as '#be123c'")
    return None


def _picture(value: object, path: str, place: Place) -> str | None:
    address = shapes.text(value, path, place)
    if address is None or _PICTURE.fullmatch(address):
        return address
    what = f"has '{address}' as {path}"
    place.error(what, "write an https address, or a path of the desk as '/static/logo.svg'")
    return None


def _closing_days(value: object, path: str, place: Place) -> ClosingDays | None:
    table = shapes.mapping(value, path, place)
    if table is None:
        return None
    shapes.keys(table, path, place, required=(), optional=("public_holidays", "own"))
    public = table.get("public_holidays", False)
    if not isinstance(public, bool):
        what = f"has {shapes.kind(public)} as {path}.public_holidays"
        place.error(what, "write true or false")
        public = False
    own = shapes.sequence(table.get("own") or [], f"{path}.own", place) or []
    days = [_own_day(day, f"{path}.own no. {n}", place) for n, day in enumerate(own, start=1)]
    return ClosingDays(public, tuple(day for day in days if day is not None))


def _own_day(value: object, path: str, place: Place) -> ClosingDay | None:
    table = shapes.mapping(value, path, place)
    if table is None or not shapes.keys(table, path, place, required=("date", "name")):
        return None
    name = shapes.texts(table["name"], f"{path}.name", place)
    if type(table["date"]) is not date:
        place.error(f"has '{table['date']}' as {path}.date", "write the date as 2027-03-20")
        return None
    return None if name is None else ClosingDay(table["date"], name)


def _named_texts(value: object, path: str, place: Place) -> dict[str, Texts] | None:
    return _named(value, path, place, shapes.texts)


def _named_templates(value: object, path: str, place: Place) -> dict[str, Texts] | None:
    return _named(value, path, place, shapes.templates)


def _named(value: object, path: str, place: Place, check: Any) -> dict[str, Texts] | None:
    table = shapes.mapping(value, path, place)
    if table is None:
        return None
    found = {name: check(texts, f"{path}.{name}", place) for name, texts in table.items()}
    return {name: texts for name, texts in found.items() if texts is not None}
