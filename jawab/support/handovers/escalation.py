"""Whether a person can be called right now, or a ticket is the way: by the live chat's hours and the agents there."""

from datetime import datetime
from enum import Enum

from jawab.knowledge import Shop, calendar
from jawab.knowledge.status_words import status_sentence
from jawab.text.language import Lang

CHANNEL = "live_chat"


class Way(Enum):
    """How a shopper gets to a person."""

    CALL = "call"
    CLOSED = "closed"  # outside the hours of the live chat, or on a closing day
    BUSY = "busy"  # the chat is open, but nobody is there
    NONE = "none"  # the shop has no live chat, or nobody says who is there


def way(shop: Shop, now: datetime, *, present: int | None) -> Way:
    """The way at this moment; `present` agents are online and available, None where nobody counts them."""
    if CHANNEL not in shop.channels or present is None:
        return Way.NONE
    if not calendar.is_open(shop, CHANNEL, now):
        return Way.CLOSED
    return Way.CALL if present > 0 else Way.BUSY


def opening(shop: Shop, lang: Lang, now: datetime) -> str:
    """When the live chat opens again: «الان بسته است؛ فردا ساعت ۹:۰۰ باز می‌شود.»"""
    return status_sentence(shop, CHANNEL, lang, now)
