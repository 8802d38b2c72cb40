"""What the outbox promises, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Draft
from jawab.support.conversations.store import Store
from jawab.support.deliveries import outbox
from jawab.support.deliveries.delivery import Carrier, DeliveryState, Parcel
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import NewTicket, Origin, Queue, TicketState, agent
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
LEASE = timedelta(minutes=2)
BOTH = list(Carrier)
TICKET = NewTicket(
    shop="souq",
    lang=Lang.AR,
    topic="other",
    queue=Queue.SHOPPERS,
    name="سارة",
    email="sara@example.com",
    message="وين طلبي؟",
    origin=Origin.WIDGET,
    at=NOW,
)


@pytest.fixture
def store(database):
    return DeliveryStore(database)


@pytest.fixture
def put(database):
    def put_into(*events, carrier=Carrier.WEBHOOK, at=NOW):
        with database.writing() as connection:
            outbox.put(connection, [Parcel(carrier, e, "s", {"text": "سلام"}, at) for e in events])

    return put_into


def events(deliveries):
    return [delivery.parcel.event for delivery in deliveries]


def test_what_is_put_in_comes_out_once_and_in_order(store, put):
    put("a", "b", "c")
    first = store.take(BOTH, now=NOW, lease=LEASE, limit=2)
    assert events(first) == ["a", "b"]
    assert first[0].parcel == Parcel(Carrier.WEBHOOK, "a", "s", {"text": "سلام"}, NOW)
    assert (first[0].attempts, first[0].state) == (1, DeliveryState.WAITING)
    assert events(store.take(BOTH, now=NOW, lease=LEASE, limit=2)) == ["c"]
    assert store.take(BOTH, now=NOW, lease=LEASE, limit=2) == ()


def test_a_transaction_that_fails_puts_nothing_in(database, store):
    def fail():
        with database.writing() as connection:
            outbox.put(connection, [Parcel(Carrier.MAIL, "a", "s", {}, NOW)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.counts() == {}


def test_only_what_a_carrier_takes_is_taken(store, put):
    put("mail", carrier=Carrier.MAIL)
    put("hook")
    assert events(store.take([Carrier.MAIL], now=NOW, lease=LEASE, limit=9)) == ["mail"]


def test_what_was_left_behind_is_due_again_after_its_lease(store, put):
    put("a")
    store.take(BOTH, now=NOW, lease=LEASE, limit=9)
    assert store.take(BOTH, now=NOW + LEASE / 2, lease=LEASE, limit=9) == ()
    (again,) = store.take(BOTH, now=NOW + LEASE, lease=LEASE, limit=9)
    assert again.attempts == 2


def test_what_was_put_in_while_the_clock_was_ahead_goes_out_when_it_is_right_again(store, put):
    put("a", at=NOW + timedelta(days=1))
    (taken,) = store.take(BOTH, now=NOW, lease=LEASE, limit=9)
    assert taken.parcel.event == "a"
    assert store.take(BOTH, now=NOW, lease=LEASE, limit=9) == ()


def test_who_comes_too_late_notes_nothing(store, put):
    put("a")
    (slow,) = store.take(BOTH, now=NOW, lease=LEASE, limit=9)
    (quick,) = store.take(BOTH, now=NOW + LEASE, lease=LEASE, limit=9)
    store.give_up(slow, "http 500", now=NOW)
    assert store.counts() == {DeliveryState.WAITING: 1}
    store.sent(quick, now=NOW)
    store.postpone(quick, NOW, "late")
    (kept,) = store.of("s")
    assert (kept.state, kept.problem) == (DeliveryState.SENT, None)


def test_a_failure_is_tried_again_when_it_is_time(store, put):
    put("a")
    (taken,) = store.take(BOTH, now=NOW, lease=LEASE, limit=9)
    store.postpone(taken, NOW + timedelta(hours=1), "http 500 " + "x" * 200)
    assert store.take(BOTH, now=NOW + timedelta(minutes=59), lease=LEASE, limit=9) == ()
    (again,) = store.take(BOTH, now=NOW + timedelta(hours=1), lease=LEASE, limit=9)
    assert again.problem.startswith("http 500")
    store.give_up(again, "http 410", now=NOW)
    assert store.take(BOTH, now=NOW + timedelta(days=9), lease=LEASE, limit=9) == ()
    assert store.of("s")[0].state is DeliveryState.FAILED


def test_many_who_take_at_once_never_get_the_same(store, put):
    put(*map(str, range(40)))
    with ThreadPoolExecutor(6) as pool:
        taken = [
            event
            for got in pool.map(
                lambda _: store.take(BOTH, now=NOW, lease=LEASE, limit=3), range(30)
            )
            for event in events(got)
        ]
    assert sorted(taken, key=int) == list(map(str, range(40)))


def test_tidying_takes_what_nobody_carries_and_what_is_old(store, put):
    put("mail", carrier=Carrier.MAIL)
    put("old", "new", "waiting")
    old, new, _ = store.take([Carrier.WEBHOOK], now=NOW, lease=LEASE, limit=9)
    store.sent(old, now=NOW - timedelta(days=40))
    store.sent(new, now=NOW)
    assert store.tidy([Carrier.WEBHOOK], ended_before=NOW - timedelta(days=30)) == 2
    assert events(store.of("s")) == ["new", "waiting"]


def test_a_ticket_and_its_notices_are_stored_together(database, store):
    tickets = TicketStore(database)
    reference = tickets.open(TICKET, due_at=NOW).reference
    sara = {"who": agent("1"), "at": NOW}
    tickets.assign(reference, "1", **sara)
    tickets.note(reference, "نكتة", **sara)
    tickets.reply(reference, "وصل", **sara)
    tickets.reply(reference, "شكرا", who="shopper", at=NOW)
    tickets.undelivered(reference, "answered", "smtp 550", at=NOW)
    tickets.move(reference, TicketState.SOLVED, **sara)
    found = [(d.parcel.carrier.value, d.parcel.event) for d in store.of(reference)]
    assert found == [
        ("webhook", "ticket.opened"),
        ("mail", "ticket.opened"),
        ("webhook", "ticket.assigned"),
        ("webhook", "ticket.noted"),
        ("webhook", "ticket.replied"),
        ("mail", "ticket.answered"),
        ("webhook", "ticket.replied"),
        ("webhook", "ticket.undelivered"),
        ("webhook", "ticket.state_changed"),
        ("mail", "ticket.solved"),
    ]
    told = [d.parcel.data["ticket"] for d in store.of(reference) if "ticket" in d.parcel.data]
    assert told[0]["email"] == "sara@example.com"
    assert told[0]["message"] == "وين طلبي؟"
    assert "email" not in told[1]
    assert "نكتة" not in str(told[2])
    assert told[3]["text"] == "وصل"
    assert (told[6]["from"], told[6]["state"]) == ("new", "solved")


def test_a_ticket_without_an_address_is_told_to_nobody_by_mail(database, store):
    new = NewTicket(**{**TICKET.__dict__, "email": None, "phone": "+966501234567"})
    reference = TicketStore(database).open(new, due_at=NOW).reference
    assert [d.parcel.carrier for d in store.of(reference)] == [Carrier.WEBHOOK]


def test_a_conversation_that_opens_is_told(database, store):
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW)
    Store(database).open_conversation(conversation, Draft("أهلا", Lang.AR))
    (told,) = store.of(conversation.id)
    assert told.parcel.event == "conversation.opened"
    assert told.parcel.data == {
        "conversation": {"id": conversation.id, "shop": "souq", "lang": "ar"}
    }
