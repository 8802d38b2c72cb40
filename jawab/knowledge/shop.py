"""A shop's profile: its names, channels, hours, closing days, facts and own answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from jawab.knowledge.errors import UnknownChannel
from jawab.knowledge.hours import WeeklyHours
from jawab.knowledge.texts import Texts, frozen
from jawab.text.language import Lang

_NOTHING: Mapping[str, Texts] = MappingProxyType({})
ACCENT = "#be123c"  # the colour of a shop that names none


class Audience(str, Enum):
    """Whom a channel serves; only the shoppers' ones are listed to shoppers."""

    SHOPPER = "shopper"
    SELLER = "seller"
    EXPRESS = "express"


class Reckoning(str, Enum):
    """The calendar a shop writes its dates in first."""

    JALALI = "jalali"
    HIJRI = "hijri"
    GREGORIAN = "gregorian"


@dataclass(frozen=True)
class Channel:
    """One way to reach the shop; `response` is the promised time in words, None when it promises none, and `promise`
    the longest wait the words allow, where they name one.
    """

    id: str
    name: Texts
    hours: WeeklyHours
    address: tuple[str, ...] = ()
    response: Texts | None = None
    audience: Audience = Audience.SHOPPER
    promise: timedelta | None = None


@dataclass(frozen=True)
class ClosingDay:
    """A date on which every channel is closed; `estimated` where it hangs on the sight of the moon."""

    date: date
    name: Texts
    estimated: bool = False


@dataclass(frozen=True)
class ClosingDays:
    """Whether the country's public holidays close the shop, and the shop's own closing days."""

    public_holidays: bool = False
    own: tuple[ClosingDay, ...] = ()


@dataclass(frozen=True)
class Shop:
    """One shop profile, frozen: a change (an owner's override of hours, say) is a new value.

    `accent` is its colour as #rrggbb, `logo` the address of its picture.
    `Shop.with_hours` and `dataclasses.replace` make one; `Knowledge.with_shop` puts it to use.
    """

    id: str
    name: Texts
    language: Lang
    zone: ZoneInfo
    calendar: Reckoning
    country: str
    site: str
    order_number: re.Pattern[str]
    channels: Mapping[str, Channel]
    top_questions: tuple[str, ...] = ()
    closing_days: ClosingDays = field(default_factory=ClosingDays)
    accent: str = ACCENT
    logo: str | None = None
    facts: Mapping[str, Texts] = _NOTHING
    answers: Mapping[str, Texts] = _NOTHING

    def channel(self, channel_id: str) -> Channel:
        """Return that channel; raises UnknownChannel."""
        try:
            return self.channels[channel_id]
        except KeyError:
            raise UnknownChannel(
                f"shop '{self.id}' has no channel '{channel_id}'; it has {', '.join(self.channels)}"
            ) from None

    @property
    def shoppers_channels(self) -> tuple[Channel, ...]:
        """The channels for shoppers, in the order they are shown."""
        return tuple(c for c in self.channels.values() if c.audience is Audience.SHOPPER)

    def with_hours(self, channel_id: str, hours: WeeklyHours) -> Shop:
        """Return this shop with other hours for one channel."""
        changed = replace(self.channel(channel_id), hours=hours)
        return replace(self, channels=frozen({**self.channels, channel_id: changed}))
