"""The while that the figures are of: the last days, or from one day to another, in the shop's zone and calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jawab.support.overrides import dates as override_dates

LAST_DAYS = (7, 30, 90)
USUAL = 30
MOST_DAYS = 400
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Whole days from `first` to `last`, both counted, in one zone. `days` where it is the last so many."""

    first: date
    last: date
    zone: ZoneInfo
    days: int | None = None

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return _midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The moment it is over."""
        return _midnight(self.last + _DAY, self.zone)

    @property
    def dates(self) -> tuple[date, ...]:
        """Its days, in order."""
        return tuple(self.first + n * _DAY for n in range((self.last - self.first).days + 1))


def read(days: str, first: str, last: str, *, now: datetime, zone: ZoneInfo) -> Period | None:
    """The period that is asked for; without days or dates the last 30. None where the dates cannot be read.

    Dates may be of any of the three calendars; without a last one it is today.
    """
    today = now.astimezone(zone).date()
    if first.strip() or last.strip():
        begins = override_dates.read(first, today=today)
        ends = override_dates.read(last, today=today) if last.strip() else today
        if begins is None or ends is None or not begins <= min(ends, today):
            return None
        ends = min(ends, today)
        return Period(max(begins, ends - (MOST_DAYS - 1) * _DAY), ends, zone)
    number = next((each for each in LAST_DAYS if days == str(each)), USUAL)
    return _last(number, today, zone)


def usual(*, now: datetime, zone: ZoneInfo) -> Period:
    """The last 30 days."""
    return _last(USUAL, now.astimezone(zone).date(), zone)


def _last(number: int, today: date, zone: ZoneInfo) -> Period:
    return Period(today - (number - 1) * _DAY, today, zone, number)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
