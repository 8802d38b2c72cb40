"""The business calendar: is a channel open at this moment, until when, and when does it open next.

The clock is always passed in, as an aware datetime. A week-end closes nothing by itself: only an empty day
in the channel's own weekly table does, or a closing day of the shop. On a closing day nothing is open
and no span begins; a span of the eve that runs past midnight («۱۸:۰۰ تا ۲:۰۰») ends at midnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import islice
from zoneinfo import ZoneInfo

from jawab.knowledge.errors import NaiveClock
from jawab.knowledge.hours import MINUTES_A_DAY
from jawab.knowledge.public_holidays import public_holidays
from jawab.knowledge.shop import ClosingDay, Shop

# How far an opening is looked for, and how far the end of an opening.
HORIZON = timedelta(days=366)
END_IN_SIGHT = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Status:
    """A channel at one moment; times are in the shop's zone.

    Open: `until` says when it closes (None: not within a week) and `closing_day` which closing day ends it.
    Closed: `opens` says when it opens (None: not within a year), `closing_day` which closing day is to blame:
    today's, or the first one passed over on the way to the next opening.
    """

    open: bool
    until: datetime | None = None
    opens: datetime | None = None
    closing_day: ClosingDay | None = None


def status(shop: Shop, channel_id: str, now: datetime) -> Status:
    """Return the state of a channel at `now`; raises UnknownChannel and NaiveClock."""
    shop.channel(channel_id)
    moment = _aware(now).astimezone(timezone.utc)
    until: datetime | None = None
    for start, end in _openings(shop, channel_id, moment):
        if until is None and moment < start:
            return _closed(shop, channel_id, moment, start)
        if until is not None and until < start:
            break
        until = end if until is None else max(until, end)
        if until - moment > END_IN_SIGHT:
            return Status(open=True)
    if until is None:
        return _closed(shop, channel_id, moment, None)
    local = until.astimezone(shop.zone)
    ending = closing_day(shop, local.date()) if local.time() == time() else None
    return Status(open=True, until=local, closing_day=ending)


def is_open(shop: Shop, channel_id: str, now: datetime) -> bool:
    """Whether the channel is open at `now`; an opening holds its first minute and not its last."""
    return status(shop, channel_id, now).open


def next_opening(shop: Shop, channel_id: str, now: datetime) -> datetime | None:
    """Return the first moment after `now` at which the channel opens, None if there is none within a year.

    For a channel open at `now` that is the opening after the next closing.
    """
    moment = _aware(now).astimezone(timezone.utc)
    shop.channel(channel_id)
    reached: datetime | None = None
    for start, end in _openings(shop, channel_id, moment):
        if start > moment and (reached is None or start > reached):
            return start.astimezone(shop.zone)
        reached = end if reached is None else max(reached, end)
    return None


def after_open_time(
    shop: Shop, channel_id: str, now: datetime, amount: timedelta
) -> datetime | None:
    """Return the first moment by which the channel has been open for `amount` since `now`, in the shop's zone.

    None when it is not within a year. Closed hours and closing days do not count.
    """
    reached = _aware(now).astimezone(timezone.utc)
    shop.channel(channel_id)
    left = amount
    for start, end in _openings(shop, channel_id, reached):
        start = max(start, reached)
        if end - start >= left:
            return (start + left).astimezone(shop.zone)
        if end > start:
            left -= end - start
            reached = end
    return None


def closing_day(shop: Shop, day: date) -> ClosingDay | None:
    """Return why the shop is closed on that date, None when it is not; its own days go first."""
    for own in shop.closing_days.own:
        if own.date == day:
            return own
    if shop.closing_days.public_holidays:
        return public_holidays(shop.country, day.year).get(day)
    return None


def closing_days(shop: Shop, now: datetime, *, count: int) -> tuple[ClosingDay, ...]:
    """Return the next closing days, today's included, at most `count` and within a year."""
    today = local_date(shop, now)
    days = (closing_day(shop, today + ahead * _DAY) for ahead in range(HORIZON.days))
    return tuple(islice((day for day in days if day is not None), count))


def local_date(shop: Shop, now: datetime) -> date:
    """Return the date it is in the shop at `now`; raises NaiveClock."""
    return _aware(now).astimezone(shop.zone).date()


def _aware(now: datetime) -> datetime:
    if now.utcoffset() is None:
        raise NaiveClock(f"{now!r} has no time zone; pass an aware datetime")
    return now


def _closed(shop: Shop, channel_id: str, moment: datetime, opens: datetime | None) -> Status:
    hours = shop.channel(channel_id).hours
    if opens is None:
        return Status(open=False)
    local = opens.astimezone(shop.zone)
    day = moment.astimezone(shop.zone).date()
    reason = None
    while day < local.date() and reason is None:
        reason = closing_day(shop, day) if hours.days[day.weekday()] else None
        day += _DAY
    return Status(open=False, opens=local, closing_day=reason)


def _openings(shop: Shop, channel_id: str, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield openings that end after `moment`, in UTC and by their beginning; neighbours are not merged."""
    hours = shop.channel(channel_id).hours
    if hours.never:
        return
    yesterday = moment.astimezone(shop.zone).date() - _DAY
    closed = closing_day(shop, yesterday) is not None
    for ahead in range(HORIZON.days):
        day = yesterday + ahead * _DAY
        closed_next = closing_day(shop, day + _DAY) is not None
        for span in () if closed else hours.days[day.weekday()]:
            start = _at(day, span.start, shop.zone)
            end = _at(day, min(span.end, MINUTES_A_DAY) if closed_next else span.end, shop.zone)
            # A clock put forward can swallow a span whole.
            if moment < end and start < end:
                yield start, end
        closed = closed_next


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, time()) + timedelta(minutes=minute)
    return local.replace(tzinfo=zone).astimezone(timezone.utc)
