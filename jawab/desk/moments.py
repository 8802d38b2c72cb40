"""Moments as the agents' pages and transcripts write them: day and hour, in the shop's calendar and time zone."""

from datetime import datetime

from jawab.knowledge import Shop
from jawab.knowledge.dates import write
from jawab.knowledge.phrases import digits, phrase
from jawab.text.language import Lang


def moment(at: datetime, shop: Shop, lang: Lang) -> str:
    """Write a moment: «۱۲ دی ۱۴۰۵، ۱۳:۵۰», «24 رجب 1448 هـ، 13:20», "2 January 2027, 13:50"."""
    there = at.astimezone(shop.zone)
    day = write(there.date(), shop.calendar, lang)
    return f"{day}{phrase('comma', lang)}{digits(f'{there:%H:%M}', lang)}"
