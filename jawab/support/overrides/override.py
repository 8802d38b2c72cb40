"""What an owner sets at the desk in place of the profile's file: hours, closing days, promised times, notices.

Values are plain JSON, as they are stored; the files stay the defaults and are never written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from jawab.knowledge import Channel, ClosingDay, ClosingDays, KnowledgeError, Shop, WeeklyHours
from jawab.knowledge.texts import frozen
from jawab.support.deliveries.notices import Notice
from jawab.support.overrides.hours import written_week
from jawab.support.overrides.promised_times import PROMISED_TIMES
from jawab.text.lang import Lang


class Part(str, Enum):
    """What can be set: for the shop, or for one of its channels."""

    HOURS = "hours"
    PROMISE = "promise"
    CLOSING_DAYS = "closing_days"
    NOTICES = "notices"


@dataclass(frozen=True)
class Target:
    """What is set: a part, and the channel where the part is a channel's.

    >>> str(Target(Part.HOURS, "phone"))
    'hours.phone'
    """

    part: Part
    channel: str | None = None

    def __str__(self) -> str:
        return self.part.value if self.channel is None else f"{self.part.value}.{self.channel}"

    @classmethod
    def parse(cls, written: str) -> Target | None:
        """Read `hours.phone` or `closing_days`; None for what is neither."""
        name, _, channel = written.partition(".")
        part = next((each for each in Part if each.value == name), None)
        if part is None or bool(channel) != (part in (Part.HOURS, Part.PROMISE)):
            return None
        return cls(part, channel or None)


@dataclass(frozen=True)
class Override:
    """One change: `value` None goes back to the file. `id` grows with every change of any shop."""

    id: int
    shop: str
    target: Target
    value: Any
    agent_id: int
    who: str
    at: datetime


@dataclass(frozen=True)
class NoticeSettings:
    """Which mails go to shoppers, under which name (None: the shop's), and whether webhooks leave."""

    mail: frozenset[Notice] = frozenset(Notice)
    from_name: str | None = None
    webhook: bool = True


def changed(shop: Shop, overrides: Iterable[Override]) -> Shop:
    """The shop as its owner has set it. What the profile has no more, a channel say, is left out."""
    for one in overrides:
        if one.shop != shop.id or one.value is None:
            continue
        try:
            shop = _changed(shop, one)
        except (KnowledgeError, LookupError, TypeError, ValueError):
            continue  # written for an earlier profile: the file holds
    return shop


def notice_settings(value: Any) -> NoticeSettings:
    """Read stored settings; all that is allowed where there are none."""
    if not isinstance(value, Mapping):
        return NoticeSettings()
    return NoticeSettings(
        frozenset(notice for notice in Notice if notice.value in value["mail"]),
        value["from_name"],
        value["webhook"],
    )


def value_of(shop: Shop, target: Target) -> Any:
    """The stored form of what a shop has now; notices are no part of a shop."""
    if target.part is Part.CLOSING_DAYS:
        own = sorted(shop.closing_days.own, key=lambda day: day.date)
        return {
            "public_holidays": shop.closing_days.public_holidays,
            "own": [
                {
                    "date": day.date.isoformat(),
                    "name": {lang.value: day.name[lang] for lang in Lang},
                }
                for day in own
            ],
        }
    channel = shop.channel(target.channel or "")
    if target.part is Part.PROMISE:
        return {"minutes": channel.promise and int(channel.promise.total_seconds() // 60)}
    return written_week(channel.hours)


def _changed(shop: Shop, one: Override) -> Shop:
    match one.target:
        case Target(Part.HOURS, str(channel)):
            return shop.with_hours(channel, WeeklyHours.parse(one.value))
        case Target(Part.PROMISE, str(channel)):
            promised = _promised(shop.channel(channel), one.value["minutes"])
            return replace(shop, channels=frozen({**shop.channels, channel: promised}))
        case Target(Part.CLOSING_DAYS, _):
            return replace(shop, closing_days=_closing_days(one.value))
    return shop


def _promised(channel: Channel, minutes: int) -> Channel:
    """The promise changes with its words: those of the file would tell another time."""
    return replace(channel, promise=timedelta(minutes=minutes), response=PROMISED_TIMES[minutes])


def _closing_days(value: Mapping[str, Any]) -> ClosingDays:
    own = tuple(
        ClosingDay(
            date.fromisoformat(day["date"]),
            frozen({lang: day["name"][lang.value] for lang in Lang}),
        )
        for day in value["own"]
    )
    return ClosingDays(bool(value["public_holidays"]), own)
