"""When an answer is promised: by the profile, in open hours, past closing days, in the shopper's calendar."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from jawab.knowledge import Audience, ClosingDay, ClosingDays, WeeklyHours, load
from jawab.knowledge.calendar import after_open_time
from jawab.settings import PROJECT
from jawab.support.tickets.promise import channel_of, due_at, told
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

TEHRAN, RIYADH = ZoneInfo("Asia/Tehran"), ZoneInfo("Asia/Riyadh")


@pytest.fixture(scope="module")
def shops():
    return load(PROJECT).shops


def closed_on(shop, *days):
    own = tuple(ClosingDay(day, dict.fromkeys(Lang, "x")) for day in days)
    return replace(shop, closing_days=ClosingDays(own=own))


def with_channel(shop, id, **changes):
    return replace(
        shop, channels={**shop.channels, id: replace(shop.channels["email"], id=id, **changes)}
    )


def test_the_profiles_promise_what_the_articles_say(shops):
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    promised = {id: c.promise for id, c in shops["souq"].channels.items() if c.promise}
    assert promised == {
        "phone": 5 * minute,
        "live_chat": minute,
        "email": 24 * hour,
        "social": 3 * hour,
    }
    promised = {id: c.promise for id, c in shops["digikala"].channels.items() if c.promise}
    assert promised == {"email": 24 * hour}


@pytest.mark.parametrize("queue", list(Queue))
@pytest.mark.parametrize("shop", ["digikala", "souq"])
def test_tickets_are_promised_an_answer_like_e_mails(shops, shop, queue):
    assert channel_of(shops[shop], queue).id == "email"


def test_a_day_counts_from_now_where_the_channel_never_closes(shops):
    now = datetime(2026, 11, 26, 10, 15, 20, tzinfo=TEHRAN)
    plain = closed_on(shops["digikala"])
    assert due_at(plain, Queue.SHOPPERS, now) == datetime(2026, 11, 27, 10, 16, tzinfo=TEHRAN)


def test_closing_days_do_not_count(shops):
    shop = closed_on(shops["souq"], date(2026, 11, 27), date(2026, 11, 28))
    now = datetime(2026, 11, 26, 18, tzinfo=RIYADH)
    assert due_at(shop, Queue.SHOPPERS, now) == datetime(2026, 11, 29, 18, tzinfo=RIYADH)


def test_a_ticket_of_a_closing_day_counts_from_its_end(shops):
    shop = closed_on(shops["souq"], date(2026, 11, 26))
    now = datetime(2026, 11, 26, 18, tzinfo=RIYADH)
    assert due_at(shop, Queue.SHOPPERS, now) == datetime(2026, 11, 28, 0, tzinfo=RIYADH)


def test_hours_that_are_closed_do_not_count(shops):
    hours = WeeklyHours.parse({"every_day": "09:00-17:00", "fri": "closed"})
    shop = with_channel(closed_on(shops["souq"]), "ticket", hours=hours, promise=timedelta(hours=3))
    thursday = datetime(2026, 11, 26, 16, tzinfo=RIYADH)
    assert due_at(shop, Queue.SHOPPERS, thursday) == datetime(2026, 11, 28, 11, tzinfo=RIYADH)


def test_sellers_are_promised_what_their_own_channel_promises(shops):
    shop = with_channel(
        closed_on(shops["souq"]),
        "seller_desk",
        audience=Audience.SELLER,
        promise=timedelta(hours=2),
    )
    now = datetime(2026, 11, 26, 16, tzinfo=RIYADH)
    assert due_at(shop, Queue.SELLERS, now) == now + timedelta(hours=2)
    assert due_at(shop, Queue.SHOPPERS, now) == now + timedelta(days=1)


def test_a_shop_that_promises_nothing_gets_a_day(shops):
    silent = {id: replace(c, promise=None) for id, c in shops["souq"].channels.items()}
    now = datetime(2026, 11, 26, 16, tzinfo=timezone.utc)
    assert due_at(replace(shops["souq"], channels=silent), Queue.SHOPPERS, now) == now + timedelta(
        1
    )


def test_a_channel_that_never_opens_reaches_nothing(shops):
    shop = with_channel(shops["souq"], "ticket", hours=WeeklyHours(((),) * 7))
    now = datetime(2026, 11, 26, 16, tzinfo=timezone.utc)
    assert after_open_time(shop, "ticket", now, timedelta(minutes=1)) is None
    assert due_at(shop, Queue.SHOPPERS, now) == now + timedelta(days=1)


@pytest.mark.parametrize(
    ("shop", "lang", "words"),
    [
        ("digikala", Lang.FA, "جمعه ۶ آذر (۲۷ نوامبر) ساعت ۱۲:۳۰"),
        ("digikala", Lang.EN, "Friday 6 Azar (27 November) at 12:30"),
        ("souq", Lang.AR, "الجمعة 17 جمادى الآخرة (27 نوفمبر) الساعة 12 ظهرًا"),
    ],
)
def test_the_promise_is_told_in_the_shoppers_calendar(shops, shop, lang, words):
    due = datetime(2026, 11, 27, 9, tzinfo=timezone.utc)
    assert told(shops[shop], due, lang) == words
