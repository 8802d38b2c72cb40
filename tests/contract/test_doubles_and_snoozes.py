"""Tickets that are one with another, and tickets that are put off, on every database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.store import Store
from jawab.support.errors import IllegalTransition, StaleTicket
from jawab.support.tickets.doubles import DoubleStore
from jawab.support.tickets.snoozes import SnoozeStore
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import (
    UNSOLVED,
    Happening,
    NewTicket,
    Origin,
    Priority,
    Queue,
    TicketState,
    agent,
)
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
LATER = NOW + timedelta(hours=3)
DUE = NOW + timedelta(days=1)
SARA = agent("1")
NEW = NewTicket(
    shop="souq",
    lang=Lang.AR,
    topic="delivery",
    queue=Queue.SHOPPERS,
    name="مشتري السماعة",
    email="order@example.com",
    message="لم يصل الطلب",
    origin=Origin.WIDGET,
    at=NOW,
)


@pytest.fixture
def store(database):
    return TicketStore(database)


@pytest.fixture
def doubles(database, store):
    return DoubleStore(database, store)


@pytest.fixture
def snoozes(database):
    return SnoozeStore(database)


def two(store, **more):
    first = store.open(NEW, due_at=DUE + timedelta(days=1))
    return first, store.open(replace(NEW, message="وين طلبي؟", **more), due_at=DUE)


def lines(store, reference):
    return [event.what for event in store.history(reference)]


def test_a_double_closes_and_points_to_the_other_and_both_histories_tell(store, doubles):
    first, second = two(store, priority=Priority.HIGH)
    assert [one.reference for one in doubles.of(second)] == [first.reference]
    store.note(second.reference, "ناداه المندوب", who=SARA, at=NOW)
    merged = doubles.merge(second.reference, first.reference, who=SARA, at=NOW)
    assert (merged.state, merged.merged_into) == (TicketState.CLOSED, first.reference)
    goes_on = store.find(first.reference)
    assert (goes_on.state, goes_on.priority, goes_on.due_at) == (
        TicketState.NEW,
        Priority.HIGH,
        DUE,
    )
    assert lines(store, second.reference) == [
        Happening.OPENED,
        Happening.NOTE,
        Happening.MERGED,
    ]
    told = store.history(first.reference)[-1]
    assert (told.what, told.who, told.data) == (Happening.MERGED, SARA, {"of": second.reference})
    assert store.going_on(merged) == goes_on
    assert doubles.of(merged) == ()


def test_a_merge_is_taken_back_into_the_state_before(store, doubles):
    first, second = two(store)
    store.move(second.reference, TicketState.OPEN, who=SARA, at=NOW)
    doubles.merge(second.reference, first.reference, who=SARA, at=NOW)
    alone = doubles.split(second.reference, who=SARA, at=LATER)
    assert (alone.state, alone.merged_into) == (TicketState.OPEN, None)
    assert lines(store, first.reference)[-1] is Happening.SPLIT
    with pytest.raises(IllegalTransition):
        doubles.split(second.reference, who=SARA, at=LATER)
    doubles.merge(second.reference, first.reference, who=SARA, at=LATER)


def test_what_was_solved_is_taken_up_again_for_a_double_that_was_not(store, doubles):
    first, second = two(store)
    store.move(first.reference, TicketState.SOLVED, who=SARA, at=NOW)
    doubles.merge(second.reference, first.reference, who=SARA, at=NOW)
    assert store.find(first.reference).state is TicketState.OPEN


@pytest.mark.parametrize(
    "other",
    [{"shop": "digikala"}, {"email": "else@example.com"}],
    ids=["another shop", "another shopper"],
)
def test_only_tickets_of_one_shopper_at_one_shop_become_one(store, doubles, other):
    first, second = two(store, **other)
    assert doubles.of(first) == ()
    with pytest.raises(IllegalTransition):
        doubles.merge(second.reference, first.reference, who=SARA, at=NOW)
    with pytest.raises(IllegalTransition):
        doubles.merge(first.reference, first.reference, who=SARA, at=NOW)


def test_whoever_looked_before_another_changed_it_is_told(store, doubles, snoozes):
    first, second = two(store)
    store.note(second.reference, "x", who=SARA, at=NOW)
    with pytest.raises(StaleTicket):
        doubles.merge(second.reference, first.reference, who=SARA, at=NOW, expected=1)
    with pytest.raises(StaleTicket):
        snoozes.snooze(second.reference, LATER, who=SARA, at=NOW, expected=1)


def test_two_who_merge_the_same_pair_crosswise_leave_one_that_goes_on(store, doubles):
    first, second = two(store)
    pairs = [(first.reference, second.reference), (second.reference, first.reference)]

    def merge(pair):
        try:
            return doubles.merge(*pair, who=SARA, at=NOW)
        except IllegalTransition:
            return None

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(merge, pairs))
    assert sum(one is not None for one in done) == 1
    states = {store.find(one.reference).merged_into is None for one in (first, second)}
    assert states == {True, False}


def test_what_is_put_off_leaves_the_queue_and_comes_back_in_time_with_a_line(store, snoozes):
    first, second = two(store)
    asleep = snoozes.snooze(first.reference, LATER, who=SARA, at=NOW)
    assert asleep.snoozed_until == LATER
    awake = store.search(states=tuple(UNSOLVED), asleep=False)
    assert [one.reference for one in awake] == [second.reference]
    assert [one.reference for one in store.search(asleep=True)] == [first.reference]
    assert store.count_unsolved()[Queue.SHOPPERS] == 1
    assert snoozes.wake_due(now=LATER - timedelta(seconds=1)) == ()
    assert snoozes.wake_due(now=LATER) == (first.reference,)
    assert snoozes.wake_due(now=LATER) == ()
    assert store.find(first.reference).snoozed_until is None
    last = store.history(first.reference)[-1]
    assert (last.what, last.who) == (Happening.AWOKE, "system")
    assert store.count_unsolved()[Queue.SHOPPERS] == 2


def test_the_usual_list_is_not_read_by_the_index_of_those_put_off(database, store):
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL knows how many rows there are")
    usual = "SELECT * FROM tickets WHERE state IN ('new', 'open') AND snoozed_until IS NULL"
    due = "SELECT reference FROM tickets WHERE snoozed_until <= '2027-01-01'"
    with database.reading() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").first()[3]
            for query in (usual, due)
        ]
    assert "ix_tickets_state" in plans[0]
    assert "ix_tickets_asleep" in plans[1]


def test_the_shoppers_word_brings_it_back_at_once(database, store, snoozes):
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW)
    chats = Store(database)
    chats.open_conversation(conversation, Draft("أهلا", Lang.AR))
    ticket = store.open(replace(NEW, conversation_id=conversation.id), due_at=DUE)
    snoozes.snooze(ticket.reference, LATER, who=SARA, at=NOW)
    chats.accept(conversation.id, Arrival("1", text="وصلت الشحنة"), now=NOW)
    assert store.find(ticket.reference).snoozed_until is None
    last = store.history(ticket.reference)[-1]
    assert (last.what, last.who) == (Happening.AWOKE, "shopper")
    chats.accept(conversation.id, Arrival("2", text="شكرا"), now=NOW)
    assert lines(store, ticket.reference).count(Happening.AWOKE) == 1


def test_only_what_is_open_is_put_off_and_what_is_solved_sleeps_no_more(store, snoozes):
    ticket, _ = two(store)
    with pytest.raises(IllegalTransition):
        snoozes.snooze(ticket.reference, NOW, who=SARA, at=NOW)
    snoozes.snooze(ticket.reference, LATER, who=SARA, at=NOW)
    assert store.move(ticket.reference, TicketState.SOLVED, who=SARA, at=NOW).snoozed_until is None
    with pytest.raises(IllegalTransition):
        snoozes.snooze(ticket.reference, LATER, who=SARA, at=NOW)


def test_an_agent_brings_it_back_by_hand(store, snoozes):
    ticket, _ = two(store)
    snoozes.snooze(ticket.reference, LATER, who=SARA, at=NOW)
    assert snoozes.wake(ticket.reference, who=SARA, at=NOW).snoozed_until is None
    snoozes.wake(ticket.reference, who=SARA, at=NOW)
    assert lines(store, ticket.reference)[1:] == [Happening.SNOOZED, Happening.AWOKE]
