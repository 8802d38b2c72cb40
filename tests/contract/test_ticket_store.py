"""What the store of tickets promises, on every database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import count

import pytest

from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.errors import (
    ClientIdReused,
    IllegalTransition,
    StaleTicket,
    UnknownConversation,
    UnknownTicket,
)
from jawab.support.tickets.priority import Signals
from jawab.support.tickets.signals import SignalReader
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import (
    Happening,
    Known,
    NewTicket,
    Origin,
    Priority,
    Queue,
    TicketState,
    agent,
)
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
DUE = NOW + timedelta(days=1)
NEW = NewTicket(
    shop="digikala",
    lang=Lang.FA,
    topic="after_sales",
    subtopic="returns",
    queue=Queue.SHOPPERS,
    name="سارا احمدی",
    email="sara@example.com",
    phone="+989121234567",
    order_number="12345678",
    message="کفش سایزم نبود 👟\u200c",
    attachments=("a1", "a2"),
    conversation_id="c1",
    message_id=7,
    origin=Origin.CONVERSATION,
    at=NOW,
)
SARA = agent("sara")


@pytest.fixture
def store(database):
    return TicketStore(database)


def opened(store, **changes):
    values = {"message_id": None, "conversation_id": None, **changes}
    due_at = values.pop("due_at", DUE)
    return store.open(replace(NEW, **values), due_at=due_at)


def test_a_ticket_comes_back_as_it_was_opened(store):
    ticket = store.open(NEW, due_at=DUE)
    assert store.find(ticket.reference) == ticket
    for name in NEW.__dataclass_fields__:
        assert getattr(ticket, name) == getattr(NEW, name), name
    assert (ticket.state, ticket.assignee, ticket.due_at) == (TicketState.NEW, None, DUE)
    assert (ticket.opened_at, ticket.updated_at, ticket.version) == (NOW, NOW, 1)


def test_an_unknown_ticket_is_told(store):
    for ask in (
        lambda: store.find("JW-K37-W9F2"),
        lambda: store.history("JW-K37-W9F2"),
        lambda: store.move("JW-K37-W9F2", TicketState.OPEN, who=SARA, at=NOW),
        lambda: store.search(after="JW-K37-W9F2"),
    ):
        with pytest.raises(UnknownTicket):
            ask()


def test_a_message_opens_one_ticket(store):
    first = store.open(NEW, due_at=DUE)
    again = store.open(replace(NEW, message="دیگر", at=NOW + timedelta(1)), due_at=DUE)
    assert again == first
    assert len(store.history(first.reference)) == 1
    assert store.open(replace(NEW, message_id=8), due_at=DUE) != first


def test_a_client_id_opens_one_ticket_in_its_conversation(store):
    form = {"client_id": "f1", "conversation_id": "c1", "origin": Origin.WIDGET}
    first = opened(store, **form)
    assert opened(store, **form) == first
    assert opened(store, **{**form, "conversation_id": "c2"}) != first
    with pytest.raises(ClientIdReused):
        opened(store, **form, message="چیز دیگر")


def test_tickets_without_a_message_are_each_a_ticket(store):
    assert opened(store).reference != opened(store).reference


@pytest.mark.parametrize("same", [{"message_id": 7}, {"conversation_id": "c", "client_id": "f"}])
def test_two_that_open_at_once_get_one_ticket(url, store, same):
    stores = [TicketStore(Database(connect(url, patience=timedelta(seconds=10)))) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: opened(stores[n % 4], **same), range(16)))
    assert len({ticket.reference for ticket in made}) == 1
    assert len(store.history(made[0].reference)) == 1
    for each in stores:
        each._database.close()


def test_a_reference_that_is_taken_is_made_anew(database):
    given = iter(["JW-K37-W9F2", "JW-K37-W9F2", "JW-PP6-5F9F"])
    store = TicketStore(database, new_reference=lambda: next(given))
    assert [opened(store).reference for _ in range(2)] == ["JW-K37-W9F2", "JW-PP6-5F9F"]


def test_every_change_is_in_the_history_and_nothing_is_overwritten(store):
    reference = store.open(NEW, due_at=DUE).reference
    moments = (NOW + timedelta(minutes=n) for n in count(1))
    store.assign(reference, "sara", who=SARA, at=next(moments))
    store.move(reference, TicketState.OPEN, who=SARA, at=next(moments))
    store.note(reference, "زنگ زدم", who=SARA, at=next(moments))
    store.prioritise(reference, Priority.HIGH, who=SARA, at=next(moments))
    store.reply(reference, "فردا می‌رسد", who=SARA, at=next(moments))
    store.assign(reference, None, queue=Queue.EXPRESS, who=SARA, at=next(moments))
    ticket = store.move(reference, TicketState.SOLVED, who=SARA, at=next(moments), note="رسید")
    history = store.history(reference)
    assert [(e.who, e.what, e.data) for e in history] == [
        ("bot", Happening.OPENED, {"origin": "conversation", "queue": "shoppers", "priority": 2}),
        (SARA, Happening.ASSIGNED, {"from": None, "to": "sara"}),
        (SARA, Happening.STATE, {"from": "new", "to": "open"}),
        (SARA, Happening.NOTE, {"text": "زنگ زدم"}),
        (SARA, Happening.PRIORITY, {"from": 2, "to": 3}),
        (SARA, Happening.REPLY, {"text": "فردا می‌رسد"}),
        (
            SARA,
            Happening.ASSIGNED,
            {"from": "sara", "to": None, "from_queue": "shoppers", "to_queue": "express"},
        ),
        (SARA, Happening.STATE, {"from": "open", "to": "solved", "note": "رسید"}),
    ]
    assert [e.at for e in history] == [NOW + timedelta(minutes=n) for n in range(8)]
    assert (ticket.version, ticket.updated_at) == (8, NOW + timedelta(minutes=7))
    assert (ticket.state, ticket.queue, ticket.priority) == ("solved", "express", 3)
    assert (ticket.message, ticket.due_at, ticket.opened_at) == (NEW.message, DUE, NOW)


def test_an_illegal_move_changes_nothing(store):
    before = store.open(NEW, due_at=DUE)
    with pytest.raises(IllegalTransition):
        store.move(before.reference, TicketState.CLOSED, who=SARA, at=NOW)
    assert store.find(before.reference) == before
    assert len(store.history(before.reference)) == 1


def test_who_read_an_older_version_changes_nothing(store):
    reference = store.open(NEW, due_at=DUE).reference
    store.note(reference, "x", who=SARA, at=NOW)
    for change in (
        lambda: store.move(reference, TicketState.OPEN, who=SARA, at=NOW, expected=1),
        lambda: store.assign(reference, "ali", who=SARA, at=NOW, expected=1),
    ):
        with pytest.raises(StaleTicket):
            change()
    assert store.assign(reference, "ali", who=SARA, at=NOW, expected=2).assignee == "ali"


def test_two_agents_who_take_it_at_once_do_not_both_get_it(store):
    ticket = store.open(NEW, due_at=DUE)

    def take(name):
        try:
            return store.assign(
                ticket.reference, name, who=agent(name), at=NOW, expected=ticket.version
            )
        except StaleTicket:
            return None

    with ThreadPoolExecutor(6) as pool:
        got = [each for each in pool.map(take, map(str, range(12))) if each]
    assert len(got) == 1
    assert store.find(ticket.reference).assignee == got[0].assignee


def test_changes_at_the_same_moment_are_all_kept(store):
    reference = store.open(NEW, due_at=DUE).reference
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: store.note(reference, str(n), who=SARA, at=NOW), range(24)))
    assert {e.data["text"] for e in store.history(reference)[1:]} == set(map(str, range(24)))
    assert store.find(reference).version == 25


def test_a_shoppers_earlier_tickets_are_found_by_either_way(store):
    by_phone = opened(store, email=None)
    by_email = opened(store, phone=None, at=NOW + timedelta(1))
    opened(store, shop="souq")
    opened(store, email="other@example.com", phone="+989350000000")
    here = {"shop": "digikala", "email": NEW.email, "phone": NEW.phone}
    assert store.of_contact(**here) == (by_phone, by_email)
    assert store.of_contact(shop="digikala", phone=NEW.phone) == (by_phone,)
    assert store.of_contact(shop="digikala") == ()


def test_a_conversation_knows_what_its_tickets_told(store):
    assert store.known(("c",)) == Known()
    opened(store, conversation_id="c", email=None)
    opened(store, conversation_id="c", name="رضا", phone=None, order_number=None, at=DUE)
    assert len(store.of_conversation("c")) == 2
    assert store.known(("c",)) == Known("رضا", NEW.email, NEW.phone, NEW.order_number)


def test_the_most_pressing_come_first_page_by_page(store):
    made = [
        opened(store, priority=priority, due_at=DUE + timedelta(hours=hours))
        for priority in (Priority.NORMAL, Priority.URGENT)
        for hours in (2, 1, 1)
    ]
    expected = sorted(made, key=lambda t: (-t.priority, t.due_at, t.reference))
    pages, after = [], None
    while page := store.search(after=after, limit=2):
        pages += page
        after = page[-1].reference
    assert pages == expected


def test_tickets_are_looked_for_by_queue_state_shop_and_agent(store):
    first = opened(store)
    second = opened(store, shop="souq", queue=Queue.COMPLAINTS)
    mine = store.assign(second.reference, "ali", who=agent("ali"), at=NOW)
    done = store.move(opened(store).reference, TicketState.SOLVED, who=SARA, at=NOW)
    assert store.search(queue=Queue.COMPLAINTS) == (mine,)
    assert store.search(shop="souq") == (mine,)
    assert store.search(assignee="ali") == (mine,)
    assert store.search(states=[TicketState.NEW], shop="digikala") == (first,)
    assert store.search(states=[TicketState.SOLVED]) == (done,)
    assert store.count_unsolved() == {
        Queue.SHOPPERS: 1,
        Queue.COMPLAINTS: 1,
        Queue.SELLERS: 0,
        Queue.EXPRESS: 0,
    }


def test_a_new_ticket_is_confirmed_once_in_its_conversation(database, store):
    conversation = begin(shop="digikala", lang=Lang.FA, now=NOW)
    Store(database).open_conversation(conversation, Draft("سلام", Lang.FA))
    form = {"conversation_id": conversation.id, "client_id": "f"}

    def confirmed(_):
        return store.open(
            replace(NEW, message_id=None, **form),
            due_at=DUE,
            confirm=lambda ticket: Draft(ticket.reference, Lang.FA),
        )

    with ThreadPoolExecutor(4) as pool:
        (reference,) = {ticket.reference for ticket in pool.map(confirmed, range(8))}
    said = [m.text for m in Store(database).messages_after(conversation.id, 0, limit=9)]
    assert said == ["سلام", reference]


def test_a_ticket_that_cannot_be_confirmed_is_not_opened(store):
    with pytest.raises(UnknownConversation):
        store.open(NEW, due_at=DUE, confirm=lambda ticket: Draft("x", Lang.FA))
    assert store.search() == ()


def test_what_presses_is_read_from_the_conversation_and_the_shoppers_tickets(database, store):
    talk = Store(database)
    conversation = begin(shop="digikala", lang=Lang.FA, now=NOW)
    talk.open_conversation(conversation, Draft("سلام", Lang.FA))
    reports = ({"intent": "frustrated"}, {"outcome": "not_understood"}, {"outcome": "answered"})
    for n, report in enumerate(reports):
        message = talk.accept(conversation.id, Arrival(str(n), text="x"), now=NOW).message
        turn = talk.turn(message.id).sent()
        talk.keep(turn)
        talk.finish(turn.answered(report), [Draft("y", Lang.FA)], now=NOW)
    signals = SignalReader(database)
    assert signals.of(conversation.id, shop="digikala") == Signals(True, 1, 0)
    assert signals.of(None, shop="digikala", phone=NEW.phone) == Signals()
    opened(store)
    opened(store, shop="souq")
    store.move(opened(store).reference, TicketState.SOLVED, who=SARA, at=NOW)
    assert signals.of(None, shop="digikala", phone=NEW.phone, email="x") == Signals(False, 0, 1)
