"""Reading what nobody vouches for: a field of another type than it should have counts as absent."""

import json
from collections.abc import Mapping
from typing import Any

from jawab.support.texts import storable


def parsed(body: bytes) -> Mapping[str, Any]:
    """The JSON object that these bytes are; empty for everything else. Never raises."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def mapping(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The object in this field, or an empty one."""
    found = values.get(key)
    return found if isinstance(found, dict) else {}


def mappings(values: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    """The objects in this field's list."""
    found = values.get(key)
    return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def string(values: Mapping[str, Any], key: str) -> str:
    """The text in this field, fit for a database; "" when there is none."""
    found = values.get(key)
    return storable(found) if isinstance(found, str) else ""


def size(value: Any) -> int | None:
    """A number of bytes or pixels; some apps write it as text."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19:
        return int(value)
    usable = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63
    return value if usable else None


def place(values: Mapping[str, Any]) -> str:
    """Latitude and longitude in this object, as numbers or texts.

    >>> place({"latitude": 35.6892, "longitude": "51.389"})
    '35.68920, 51.38900'
    """
    degrees = [_degrees(values.get(key)) for key in ("latitude", "longitude")]
    known = [one for one in degrees if one is not None]
    return ", ".join(f"{one:.5f}" for one in known) if len(known) == len(degrees) else ""


def _degrees(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if abs(found) <= 180 else None
