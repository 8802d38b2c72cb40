"""What is promised of mails that came, on every database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.conversations.conversation import EMAIL, begin
from jawab.support.conversations.message import Arrival
from jawab.support.conversations.store import Store
from jawab.support.deliveries.delivery import Carrier
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.mail.incoming import Fate, MailThread, NewMail
from jawab.support.mail.store import MailStore
from jawab.support.tickets.doubles import DoubleStore
from jawab.support.tickets.snoozes import SnoozeStore
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import Happening, NewTicket, Origin, Queue, TicketState, agent
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
LEASE = timedelta(minutes=3)
MAIL = NewMail("souq", "help@souq.example", "d1", "sara@example.com", b"From: \xff\r\n\r\nraw")
LEE = {"who": agent("1"), "at": NOW}


@pytest.fixture
def store(database):
    return MailStore(database)


@pytest.fixture
def take(store):
    def taken(mail=MAIL, *, now=NOW):
        store.keep(mail, now=now)
        return store.take(now=now, lease=LEASE, limit=9)[-1]

    return taken


@pytest.fixture
def opened(database, store, take):
    """A mail that has become a conversation and a ticket; both come along."""
    mail = take()
    id = started(store, mail)
    message = Store(database).accept(id, Arrival(f"mail-{mail.id}", text="وين طلبي؟"), now=NOW)
    ticket = TicketStore(database).open(
        NewTicket(
            shop="souq",
            lang=Lang.AR,
            topic="other",
            queue=Queue.SHOPPERS,
            name="سارة",
            email="sara@example.com",
            message="وين طلبي؟",
            origin=Origin.EMAIL,
            conversation_id=id,
            message_id=message.message.id,
            at=NOW,
        ),
        due_at=NOW + LEASE,
    )
    store.answered(mail, ticket, message_id=message.message.id, now=NOW)
    return mail, ticket


def started(store, mail):
    conversation = begin(shop="souq", lang=Lang.AR, now=NOW, channel=EMAIL)
    thread = MailThread(
        conversation.id, MAIL.address, MAIL.sender, "سارة", "س" * 500, "<1@example.com>"
    )
    return store.begin(mail, conversation, thread)


def mails_out(database, reference):
    found = DeliveryStore(database).of(reference)
    return [one.parcel.event for one in found if one.parcel.carrier is Carrier.MAIL]


def test_a_mail_is_kept_once_as_it_came(store):
    assert store.keep(MAIL, now=NOW)
    assert not store.keep(MAIL, now=NOW)
    (taken,) = store.take(now=NOW, lease=LEASE, limit=9)
    assert taken.mail == MAIL


def test_many_who_keep_the_same_mail_keep_one(store):
    with ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(lambda _: store.keep(MAIL, now=NOW), range(6)))
    assert sorted(kept) == [False] * 5 + [True]


def test_two_who_take_at_once_never_get_the_same(store):
    for number in range(8):
        store.keep(replace(MAIL, digest=f"d{number}"), now=NOW)
    with ThreadPoolExecutor(4) as pool:
        taken = pool.map(lambda _: store.take(now=NOW, lease=LEASE, limit=2), range(8))
        ids = [mail.id for some in taken for mail in some]
    assert len(ids) == len(set(ids)) == 8


def test_what_a_dead_process_took_is_due_again(store, take):
    mail = take()
    assert store.take(now=NOW, lease=LEASE, limit=9) == ()
    (again,) = store.take(now=NOW + LEASE, lease=LEASE, limit=9)
    assert (again.id, again.attempts) == (mail.id, 2)
    store.postpone(again, NOW)
    assert len(store.take(now=NOW, lease=LEASE, limit=9)) == 1
    store.end(again, Fate.LIST)
    assert store.take(now=NOW + LEASE * 9, lease=LEASE, limit=9) == ()
    assert store.fates() == {"list": 1}


def test_a_mail_begins_one_conversation(database, store, take):
    mail = take()
    first, second = started(store, mail), started(store, mail)
    assert first == second
    assert Store(database).conversation(first).channel == EMAIL
    thread = store.thread(first)
    assert (thread.sender, len(thread.subject), thread.reference) == (MAIL.sender, 400, None)
    assert store.thread("elsewhere") is None


def test_its_answer_leaves_once_and_alone(database, store, opened):
    mail, ticket = opened
    store.answered(mail, ticket, message_id=1, now=NOW)
    assert mails_out(database, ticket.reference) == ["mail.answered"]
    assert store.thread(ticket.conversation_id).reference == ticket.reference
    assert store.answers_to("sara@example.com", since=NOW) == 1
    assert store.answers_to("sara@example.com", since=NOW + LEASE) == 0
    assert store.last_ticket("souq", "sara@example.com") == ticket
    assert store.last_ticket("digikala", "sara@example.com") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TicketState.NEW, TicketState.NEW),
        (TicketState.PENDING, TicketState.OPEN),
        (TicketState.SOLVED, TicketState.OPEN),
    ],
)
def test_a_follow_up_is_on_the_ticket_once(database, store, take, opened, before, after):
    _, ticket = opened
    tickets = TicketStore(database)
    if before is not TicketState.NEW:
        tickets.move(ticket.reference, before, **LEE)
    mail = take(replace(MAIL, digest="d2"))
    for _ in range(2):
        store.follow_up(mail, ticket.reference, "لم يصل", message_id="<2@example.com>", now=NOW)
    history = tickets.history(ticket.reference)
    assert [one.data["text"] for one in history if one.what is Happening.REPLY] == ["لم يصل"]
    assert tickets.find(ticket.reference).state is after
    said = Store(database).messages_after(ticket.conversation_id, 0, limit=9)
    assert [one.text for one in said] == ["وين طلبي؟", "لم يصل"]
    assert store.thread(ticket.conversation_id).last_id == "<2@example.com>"
    assert store.message(ticket.conversation_id, mail).text == "لم يصل"
    assert "ticket.answered" not in mails_out(database, ticket.reference)


def test_a_follow_up_to_a_merged_ticket_is_on_the_one_that_goes_on(database, store, take, opened):
    _, ticket = opened
    tickets = TicketStore(database)
    earlier = NewTicket(
        shop="souq",
        lang=Lang.AR,
        topic="other",
        queue=Queue.SHOPPERS,
        name="سارة",
        email="sara@example.com",
        message="وين الطلب؟",
        origin=Origin.WIDGET,
        at=NOW,
    )
    other = tickets.open(earlier, due_at=NOW)
    DoubleStore(database, tickets).merge(ticket.reference, other.reference, **LEE)
    snoozes = SnoozeStore(database)
    snoozes.snooze(other.reference, NOW + LEASE, **LEE)
    mail = take(replace(MAIL, digest="d2"))
    said = store.follow_up(mail, ticket.reference, "لم يصل", message_id="<2@example.com>", now=NOW)
    assert (said.reference, said.snoozed_until) == (other.reference, None)
    whats = [one.what for one in tickets.history(other.reference)]
    assert whats[-2:] == [Happening.AWOKE, Happening.REPLY]
    assert Happening.REPLY not in [one.what for one in tickets.history(ticket.reference)]


def test_a_note_is_on_the_ticket_once_and_not_in_the_conversation(database, store, take, opened):
    _, ticket = opened
    mail = take(replace(MAIL, digest="d2"))
    for _ in range(2):
        store.note(mail, ticket.reference, "غيروا العنوان", Fate.NOTED, now=NOW)
    notes = [one for one in TicketStore(database).history(ticket.reference) if one.what == "note"]
    assert len(notes) == 1
    assert len(Store(database).messages_after(ticket.conversation_id, 0, limit=9)) == 1
    kept = store.of_ticket(ticket.reference)
    assert [one.size for one in kept] == [len(MAIL.raw)] * 2
    assert store.raw(ticket.reference, kept[1].id) == MAIL.raw
    assert store.raw("JW-K37-W9F2", kept[1].id) is None
