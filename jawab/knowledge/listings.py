"""Lists a shopper reads: the channels, those open now, their states, the next closing days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from jawab.knowledge import calendar, dates
from jawab.knowledge.phrases import join, phrase
from jawab.knowledge.shop import Channel, ClosingDay, Shop
from jawab.knowledge.status_words import opening, status_sentence
from jawab.knowledge.timetable import weekly
from jawab.text.language import Lang

# A list line may stand for several days (a feast), so more days are looked up than lines are told.
_LINES = 5
_DAYS = 4 * _LINES


def addresses(channel: Channel, lang: Lang) -> str:
    """Join a channel's addresses: «021-91000100 و 021-6193000»; digits stay as they are dialled."""
    return join(channel.address, lang) if channel.address else ""


def channel_lines(shop: Shop, lang: Lang) -> str:
    """List the shoppers' channels: «• تلفن: 021-91000100 – شبانه‌روزی، هر روز هفته»."""
    return _bullets((_channel(channel, lang) for channel in shop.shoppers_channels), lang)


def open_channel_lines(shop: Shop, lang: Lang, now: datetime) -> str:
    """List the shoppers' channels open now; when none is, say so and which opens first."""
    channels = shop.shoppers_channels
    states = {channel.id: calendar.status(shop, channel.id, now) for channel in channels}
    if any(state.open for state in states.values()):
        return _bullets((_channel(c, lang) for c in channels if states[c.id].open), lang)
    nothing = phrase("none_open", lang)
    upcoming = [(state.opens, id) for id, state in states.items() if state.opens is not None]
    if not upcoming:
        return nothing
    opens, first = min(upcoming, key=lambda pair: pair[0])
    when = opening(shop, opens, calendar.local_date(shop, now), lang)
    name = shop.channel(first).name[lang]
    return f"{nothing}\n{phrase('first_to_open', lang, channel=name, when=when)}"


def status_lines(shop: Shop, lang: Lang, now: datetime) -> str:
    """Say of each of the shoppers' channels where it is and whether it is open: «• الهاتف: الخدمة متاحة الآن، …»."""

    def told(channel: Channel) -> str:
        details = [addresses(channel, lang), status_sentence(shop, channel.id, lang, now)]
        return _line(channel, phrase("between_details", lang).join(filter(None, details)), lang)

    return _bullets((told(channel) for channel in shop.shoppers_channels), lang)


def closing_day_lines(shop: Shop, lang: Lang, now: datetime) -> str:
    """List the next closing days, neighbours of one name as one line, estimated ones marked."""
    days = calendar.closing_days(shop, now, count=_DAYS)
    if not days:
        return phrase("no_closing_days", lang)
    return _bullets((_closing(run, shop, lang) for run in _runs(days)[:_LINES]), lang)


def _bullets(lines: Iterable[str], lang: Lang) -> str:
    mark = phrase("bullet", lang)
    return "\n".join(mark + line for line in lines)


def _line(channel: Channel, details: str, lang: Lang) -> str:
    return phrase("channel_line", lang, name=channel.name[lang], details=details)


def _channel(channel: Channel, lang: Lang) -> str:
    details = [addresses(channel, lang), weekly(channel.hours, lang)]
    if channel.response is not None:
        details.append(phrase("response", lang, time=channel.response[lang]))
    return _line(channel, phrase("between_details", lang).join(filter(None, details)), lang)


def _runs(days: Sequence[ClosingDay]) -> list[list[ClosingDay]]:
    runs: list[list[ClosingDay]] = []
    for day in days:
        last = runs[-1][-1] if runs else None
        if last and day.name == last.name and day.date - last.date == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _closing(run: Sequence[ClosingDay], shop: Shop, lang: Lang) -> str:
    first, last = (dates.side_by_side(run[end].date, shop.calendar, lang) for end in (0, -1))
    when = first if len(run) == 1 else phrase("date_range", lang, first=first, last=last)
    holiday = run[0].name[lang]
    if any(day.estimated for day in run):
        holiday = phrase("estimated", lang, holiday=holiday)
    return phrase("closing_day", lang, date=when, holiday=holiday)
