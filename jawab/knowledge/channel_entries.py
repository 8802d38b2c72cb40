"""Reading the channels of a shop's profile."""

from __future__ import annotations

from datetime import timedelta

from jawab.knowledge import shapes
from jawab.knowledge.errors import BadHours
from jawab.knowledge.hours import WeeklyHours
from jawab.knowledge.report import Place
from jawab.knowledge.shop import Audience, Channel

_HOURS_ADVICE = (
    'write always, {every_day: "09:00-21:00"} or days as {sat: "09:00-13:00, 16:00-20:00"}'
)
_UNITS = ("minutes", "hours", "days")


def channels(value: object, path: str, place: Place) -> dict[str, Channel] | None:
    """Read the channels in the order they are written; None when one of them is wrong."""
    table = shapes.mapping(value, path, place)
    if table is None:
        return None
    found = {id: _channel(id, entry, f"{path}.{id}", place) for id, entry in table.items()}
    whole = {id: channel for id, channel in found.items() if channel is not None}
    return whole if len(whole) == len(found) else None


def _channel(id: str, value: object, path: str, place: Place) -> Channel | None:
    table = shapes.mapping(value, path, place)
    if table is None:
        return None
    optional = ("address", "response", "promise", "audience")
    complete = shapes.keys(table, path, place, required=("name", "hours"), optional=optional)
    if shapes.identifier(id, path, place) is None or not complete:
        return None
    name = shapes.texts(table["name"], f"{path}.name", place)
    hours = _hours(table["hours"], f"{path}.hours", place)
    address = _address(table.get("address"), f"{path}.address", place)
    response = table.get("response")
    promised = None if response is None else shapes.texts(response, f"{path}.response", place)
    promise = _promise(table.get("promise"), f"{path}.promise", place)
    if promise is not None and response is None:
        place.error(f"has {path}.promise without words", f"add {path}.response")
    audience = shapes.choice(
        table.get("audience", Audience.SHOPPER.value),
        f"{path}.audience",
        place,
        [each.value for each in Audience],
    )
    if name is None or hours is None or audience is None:
        return None
    return Channel(id, name, hours, address, promised, Audience(audience), promise)


def _hours(value: object, path: str, place: Place) -> WeeklyHours | None:
    try:
        return WeeklyHours.parse(value)
    except BadHours as error:
        place.error(f"has {path} wrong: {error}", _HOURS_ADVICE)
        return None


def _promise(value: object, path: str, place: Place) -> timedelta | None:
    if value is None:
        return None
    table = shapes.mapping(value, path, place)
    if table is None or not shapes.keys(table, path, place, required=(), optional=_UNITS):
        return None
    found = [
        timedelta(**{unit: number})
        for unit in _UNITS
        if (given := table.get(unit)) is not None
        and (number := shapes.whole_number(given, f"{path}.{unit}", place)) is not None
    ]
    total = sum(found, timedelta())
    if total <= timedelta():
        place.error(f"has a {path} of no time", "write it as {minutes: 5} or {hours: 24}")
        return None
    return total


def _address(value: object, path: str, place: Place) -> tuple[str, ...]:
    if value is None:
        return ()
    given = value if isinstance(value, list) else [value]
    if not given:
        place.error(f"has an empty {path}", f"write {path} or delete the key")
    found = [shapes.text(one, path, place) for one in given]
    return tuple(one for one in found if one is not None)
