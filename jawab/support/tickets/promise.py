"""When an answer to a ticket is promised: a channel's promised time, counted in the hours that channel is open."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from jawab.knowledge import Audience, Channel, Shop
from jawab.knowledge.calendar import after_open_time
from jawab.knowledge.status_words import date_and_time
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

# The channels whose promise holds for shoppers' tickets: the first that makes one.
CHANNELS = ("ticket", "email")
FALLBACK = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_OWN_CHANNELS: Mapping[Queue, Audience] = MappingProxyType(
    {Queue.SELLERS: Audience.SELLER, Queue.EXPRESS: Audience.EXPRESS}
)


def channel_of(shop: Shop, queue: Queue) -> Channel | None:
    """The channel whose promise holds for this queue's tickets: the sellers' or the express service's own, else
    the shop's tickets or e-mail. None where none of them promises a time.
    """
    return next((each for each in _channels(shop, queue) if each.promise is not None), None)


def due_at(shop: Shop, queue: Queue, now: datetime) -> datetime:
    """When an answer to a ticket opened at `now` is due, at a whole minute; closing days do not count.

    A shop that promises nothing, or is closed for a year, gets a day.
    """
    channel = channel_of(shop, queue)
    due = None
    if channel is not None and channel.promise is not None:
        due = after_open_time(shop, channel.id, now, channel.promise)
    return _whole_minute(due or now + FALLBACK)


def told(shop: Shop, due: datetime, lang: Lang) -> str:
    """The promised moment in words: «جمعه ۶ آذر (۲۷ نوامبر) ساعت ۱۲:۳۰»,
    «الجمعة 17 جمادى الآخرة (27 نوفمبر) الساعة 12:30 ظهرًا», "Friday 27 November at 12:30".
    """
    return date_and_time(shop, due, lang)


def _channels(shop: Shop, queue: Queue) -> Iterator[Channel]:
    audience = _OWN_CHANNELS.get(queue)
    yield from (each for each in shop.channels.values() if each.audience is audience)
    yield from (shop.channels[id] for id in CHANNELS if id in shop.channels)


def _whole_minute(at: datetime) -> datetime:
    cut = at.replace(second=0, microsecond=0)
    return cut if cut == at else cut + _MINUTE
