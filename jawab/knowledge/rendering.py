"""What each placeholder stands for, and filling a text with it.

`{shop}` `{site}` · `{phone}` `{email}` `{seller_phone}` or any other channel's id: its addresses ·
`{hours.CHANNEL}` `{response.CHANNEL}` `{status.CHANNEL}` · `{status}` `{channels}` `{open_channels}` `{holidays}` ·
`{facts.NAME}` · and the values given at the call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from jawab.knowledge.errors import Unfillable
from jawab.knowledge.listings import (
    addresses,
    channel_lines,
    closing_day_lines,
    open_channel_lines,
    status_lines,
)
from jawab.knowledge.shop import Shop
from jawab.knowledge.status_words import status_sentence
from jawab.knowledge.template import Placeholder, parse
from jawab.knowledge.timetable import weekly
from jawab.text.language import Lang


@dataclass(frozen=True)
class Occasion:
    """For whom a text is filled: the shop, the language and the moment."""

    shop: Shop
    lang: Lang
    now: datetime


PLAIN: Mapping[str, Callable[[Occasion], str]] = MappingProxyType(
    {
        "shop": lambda on: on.shop.name[on.lang],
        "site": lambda on: on.shop.site,
        "status": lambda on: status_lines(on.shop, on.lang, on.now),
        "channels": lambda on: channel_lines(on.shop, on.lang),
        "open_channels": lambda on: open_channel_lines(on.shop, on.lang, on.now),
        "holidays": lambda on: closing_day_lines(on.shop, on.lang, on.now),
    }
)

OF_CHANNEL: Mapping[str, Callable[[Occasion, str], str]] = MappingProxyType(
    {
        "hours": lambda on, id: weekly(on.shop.channel(id).hours, on.lang),
        "response": lambda on, id: (on.shop.channel(id).response or {})[on.lang],
        "status": lambda on, id: status_sentence(on.shop, id, on.lang, on.now),
    }
)
FACTS = "facts"


def render(text: str, on: Occasion, values: Mapping[str, object] = MappingProxyType({})) -> str:
    """Fill a text for an occasion; `values` go before the shop's own placeholders.

    Raises BadTemplate, or Unfillable naming the placeholder and what is missing.
    """
    return "".join(
        part if isinstance(part, str) else _fill(part, on, values) for part in parse(text)
    )


def lack(placeholder: Placeholder, shop: Shop) -> str | None:
    """Return what the shop's profile lacks to fill the placeholder, as a path to add, or None."""
    name, argument = placeholder.name, placeholder.argument
    if name == FACTS and argument is not None:
        return None if argument in shop.facts else f"facts.{argument}"
    if argument is None and name in PLAIN:
        return None
    channel = shop.channels.get(argument or name)
    if channel is None:
        return f"channels.{argument or name}"
    if argument is None and not channel.address:
        return f"channels.{name}.address"
    if name == "response" and channel.response is None:
        return f"channels.{argument}.response"
    return None


def _fill(placeholder: Placeholder, on: Occasion, values: Mapping[str, object]) -> str:
    name, argument = placeholder.name, placeholder.argument
    if argument is None and name in values:
        return str(values[name])
    if missing := lack(placeholder, on.shop):
        raise Unfillable(
            f"{placeholder}: neither a value of the call nor in shop '{on.shop.id}' ({missing})"
        )
    if argument is None:
        if name in PLAIN:
            return PLAIN[name](on)
        return addresses(on.shop.channel(name), on.lang)
    if name == FACTS:
        return on.shop.facts[argument][on.lang]
    if name in OF_CHANNEL:
        return OF_CHANNEL[name](on, argument)
    raise Unfillable(f"{placeholder}: there is no such placeholder")
