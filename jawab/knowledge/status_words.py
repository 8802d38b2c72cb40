"""Sentences that say whether a channel is open now, until when, and when it opens next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from jawab.knowledge import calendar, dates
from jawab.knowledge.calendar import Status
from jawab.knowledge.hours import MINUTES_A_DAY
from jawab.knowledge.phrases import phrase
from jawab.knowledge.shop import Shop
from jawab.knowledge.timetable import clock
from jawab.text.language import Lang


def status_sentence(shop: Shop, channel_id: str, lang: Lang, now: datetime) -> str:
    """Say whether a channel is open, until when or when again, and which closing day is why.

    «الان باز است، تا ساعت ۲۳:۰۰.», «الخدمة مغلقة الآن، وتعود غدًا الساعة 9 صباحًا.»,
    "Closed today for Nowruz; opens tomorrow at 9:00."
    """
    state = calendar.status(shop, channel_id, now)
    today = calendar.local_date(shop, now)
    if not state.open:
        return _closed(shop, state, today, lang)
    text = _open(shop, channel_id, state, today, lang)
    if state.closing_day is None:
        return text
    day = _near(shop, state.closing_day.date, today, lang)
    holiday = state.closing_day.name[lang]
    return f"{text} {phrase('then_closed_for', lang, day=day, holiday=holiday)}"


def opening(shop: Shop, opens: datetime, today: date, lang: Lang) -> str:
    """Say when something opens: «فردا ساعت ۹:۰۰», «غدًا الساعة 9 صباحًا»; at midnight the day says it all."""
    day, minute = _near(shop, opens.date(), today, lang), opens.hour * 60 + opens.minute
    return phrase("at_time", lang, day=day, time=clock(minute, lang)) if minute else day


def date_and_time(shop: Shop, at: datetime, lang: Lang) -> str:
    """Write a moment as a date in the shop's calendar and the time on its clock.

    «جمعه ۶ آذر (۲۷ نوامبر) ساعت ۱۲:۳۰», «الجمعة 17 جمادى الآخرة (27 نوفمبر) الساعة 12:30 ظهرًا».
    """
    local = at.astimezone(shop.zone)
    day = dates.side_by_side(local.date(), shop.calendar, lang, year=False)
    return phrase("at_time", lang, day=day, time=clock(local.hour * 60 + local.minute, lang))


def _open(shop: Shop, channel_id: str, state: Status, today: date, lang: Lang) -> str:
    if state.until is None or shop.channel(channel_id).hours.always:
        return phrase("open_always", lang)
    last, minute = state.until.date(), state.until.hour * 60 + state.until.minute
    if minute == 0:
        last, minute = last - timedelta(days=1), MINUTES_A_DAY
    time = clock(minute, lang)
    if last == today:
        return phrase("open_until", lang, time=time)
    return phrase("open_until_day", lang, time=time, day=_near(shop, last, today, lang))


def _closed(shop: Shop, state: Status, today: date, lang: Lang) -> str:
    if state.opens is None:
        return phrase("closed_for_long", lang)
    values = {"when": opening(shop, state.opens, today, lang)}
    closing = state.closing_day
    if closing is None:
        return phrase("closed_until", lang, **values)
    values["holiday"] = closing.name[lang]
    if closing.date == today:
        return phrase("closed_today_for", lang, **values)
    return phrase(
        "closed_passing", lang, closed_day=_near(shop, closing.date, today, lang), **values
    )


def _near(shop: Shop, day: date, today: date, lang: Lang) -> str:
    return dates.near(day, today, shop.calendar, lang)
