"""Hand-overs are given on, wait too long and end, on every database."""

import pytest

from jawab.support.agents.agent import NewAgent, Presence, Role
from jawab.support.conversations.conversation import Owner, begin
from jawab.support.conversations.message import Draft
from jawab.support.conversations.turn import TurnState
from jawab.support.errors import (
    AgentAway,
    AlreadyClaimed,
    NoHandover,
    NotYours,
)
from jawab.support.handovers.handover import Due, Ending, HandoverState
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

from .calls import MINUTE, NOW, PASSWORD, called, said, texts, write


def test_a_transfer_goes_to_a_colleague_who_is_there_or_to_the_front_of_a_queue(
    store, handovers, people, sara, ali
):
    earlier, chat = called(store), called(store, at=NOW + MINUTE)
    handovers.claim(chat, sara, now=NOW, said=said)
    with pytest.raises(AgentAway):
        handovers.transfer(chat, sara, ali, now=NOW, said=said)
    people.be(ali.id, Presence.ONLINE, now=NOW)
    with pytest.raises(NotYours):
        handovers.transfer(chat, ali, ali, now=NOW, said=said)
    moved = handovers.transfer(chat, sara, ali, now=NOW, said=said)
    assert moved.handover.agent_id == ali.id
    back = handovers.transfer(chat, ali, Queue.SHOPPERS, now=NOW, said=said)
    assert (back.handover.state, back.standing.place) == (HandoverState.WAITING, 1)
    assert [one.conversation_id for one in handovers.waiting()] == [chat, earlier]


def test_one_who_waits_is_given_to_a_colleague_by_anybody(store, handovers, people, sara, ali):
    chat = called(store)
    with pytest.raises(AgentAway):
        handovers.transfer(chat, sara, ali, now=NOW, said=said)
    people.be(ali.id, Presence.ONLINE, now=NOW)
    given = handovers.transfer(chat, sara, ali, now=NOW, said=said).handover
    assert (given.agent_id, given.first_claimed_at) == (ali.id, NOW)
    with pytest.raises(NotYours):  # too late: it is in somebody's hands
        handovers.transfer(chat, sara, ali, now=NOW, said=said)


def test_a_chat_that_is_over_is_taken_up_again_by_one(store, handovers, sara, ali):
    chat = called(store)
    with pytest.raises(NoHandover):
        handovers.reopen(chat, sara, now=NOW, said=said)
    handovers.claim(chat, sara, now=NOW, said=said)
    handovers.finish(chat, sara, Ending.CLOSED, now=NOW, said=said)
    again = handovers.reopen(chat, ali, now=NOW, said=said).handover
    assert (again.state, again.agent_id) == (HandoverState.ACTIVE, ali.id)
    assert again.first_claimed_at is None  # nobody waited
    assert store.conversation(chat).owner is Owner.HUMAN
    assert handovers.reopen(chat, ali, now=NOW, said=said).handover == again
    with pytest.raises(AlreadyClaimed):
        handovers.reopen(chat, sara, now=NOW, said=said)


def test_where_no_person_was_called_there_is_nothing_to_reopen(store, handovers, sara):
    chat = begin(shop="souq", lang=Lang.EN, now=NOW)
    store.open_conversation(chat, Draft("hello", Lang.EN))
    with pytest.raises(NoHandover):
        handovers.reopen(chat.id, sara, now=NOW, said=said)


def test_a_note_goes_along_with_the_transfer_or_not_at_all(
    store, handovers, people, sara, ali, notes
):
    chat = called(store)
    handovers.claim(chat, sara, now=NOW, said=said)
    with pytest.raises(AgentAway):
        handovers.transfer(chat, sara, ali, now=NOW, said=said, note="لطفاً پیگیری کن")
    assert notes.of_conversation(chat) == ()
    handovers.transfer(chat, sara, Queue.SELLERS, now=NOW, said=said, note="لطفاً پیگیری کن")
    assert [note.text for note in notes.of_conversation(chat)] == ["لطفاً پیگیری کن"]


def test_a_lead_may_move_what_others_hold(store, handovers, people, sara):
    lead = people.add(NewAgent("lead", "Lead", Role.LEAD), PASSWORD, now=NOW)
    chat = called(store)
    handovers.claim(chat, sara, now=NOW, said=said)
    assert (
        handovers.finish(chat, lead, Ending.RETURNED, now=NOW, said=said).handover.ending
        is Ending.RETURNED
    )


@pytest.mark.parametrize("ending", [Ending.RETURNED, Ending.CLOSED])
def test_the_bot_answers_again_when_the_agent_is_through(store, handovers, sara, ending):
    chat = called(store)
    handovers.claim(chat, sara, now=NOW, said=said)
    handovers.finish(chat, sara, ending, now=NOW + MINUTE, said=said)
    assert store.conversation(chat).owner is Owner.BOT
    assert handovers.open_of(chat) is None
    message = write(store, chat, "وماذا بعد؟")
    assert store.turn(message.id).state is TurnState.QUEUED
    assert [one.ending for one in handovers.of_conversation(chat)] == [ending]


def test_who_stops_waiting_is_back_with_the_bot_once(store, handovers):
    chat = called(store)
    message = write(store, chat, "لا أريد الانتظار")
    change = handovers.leave(chat, message, Ending.STOPPED, now=NOW, said=said)
    assert change.message.in_reply_to == message.id
    assert handovers.leave(chat, message, Ending.STOPPED, now=NOW, said=said) is None
    assert texts(store, chat)[-1] == "ended 0"
    assert store.conversation(chat).owner is Owner.BOT


def test_a_word_said_before_the_call_does_not_end_the_waiting(store, handovers):
    chat = called(store, at=NOW + MINUTE)
    early = store.messages_after(chat, 0, limit=1)[0]
    old = write(store, chat, "قديم", at=NOW)
    assert early.at == NOW + MINUTE
    assert handovers.leave(chat, old, Ending.STOPPED, now=NOW, said=said) is None
    assert handovers.open_of(chat) is not None


def test_who_leaves_for_a_ticket_is_put_to_the_bot(store, handovers):
    chat = called(store)
    message = write(store, chat, "تذكرة")
    handovers.leave(chat, message, Ending.TICKET, now=NOW, said=None)
    assert store.next_turn(chat)[0].message_id == message.id
    assert handovers.leave(chat, message, Ending.TICKET, now=NOW, said=None) is None


def test_who_waits_on_is_answered_once(store, handovers):
    chat = called(store)
    message = write(store, chat, "سأنتظر")
    later = NOW + 5 * MINUTE
    assert handovers.wait_on(chat, message, now=later, said=said).handover.waiting_since == later
    assert handovers.wait_on(chat, message, now=later, said=said) is None


def test_what_is_due_is_done_once_and_not_when_something_changed(store, handovers, sara):
    chat = called(store)
    seen = handovers.open_of(chat)
    late = handovers.settle(seen, Due.LATE, now=NOW + MINUTE, said=said)
    assert late.handover.told_at == NOW + MINUTE
    assert handovers.settle(seen, Due.NOBODY, now=NOW + MINUTE, said=said) is None
    handovers.claim(chat, sara, now=NOW + MINUTE, said=said)
    taken = handovers.open_of(chat)
    back = handovers.settle(taken, Due.GONE, now=NOW + 3 * MINUTE, said=said).handover
    assert (back.state, back.front, back.agent_id) == (HandoverState.WAITING, True, None)
    handovers.settle(back, Due.NOBODY, now=NOW + 30 * MINUTE, said=said)
    assert store.conversation(chat).owner is Owner.BOT
    (missed,) = handovers.ended(Ending.NOBODY, before=None, limit=10)
    assert missed.conversation_id == chat
    assert handovers.ended(Ending.NOBODY, before=missed.id, limit=10) == ()


def test_the_expected_wait_comes_from_the_shops_latest_waits(store, handovers, people, sara):
    people.be(sara.id, Presence.ONLINE, now=NOW)
    for _ in range(3):
        handovers.claim(called(store), sara, now=NOW + 2 * MINUTE, said=said)
    people.seen(sara.id, now=NOW + 2 * MINUTE)
    chat = called(store, at=NOW + 2 * MINUTE)
    where = handovers.standing(handovers.open_of(chat), now=NOW + 2 * MINUTE)
    assert (where.place, where.wait) == (1, 2 * MINUTE)
    elsewhere = called(store, at=NOW + 2 * MINUTE, shop="digikala")
    where = handovers.standing(handovers.open_of(elsewhere), now=NOW + 2 * MINUTE)
    assert (where.place, where.wait) == (1, None)


def test_the_watchdog_sees_every_open_one_with_its_agents_last_sign(store, handovers, people, sara):
    waits, held = called(store), called(store)
    handovers.claim(held, sara, now=NOW, said=said)
    people.seen(sara.id, now=NOW + MINUTE)
    watched = {one.handover.conversation_id: one.agent_seen_at for one in handovers.watched()}
    assert watched == {waits: None, held: NOW + MINUTE}
    assert [one.conversation_id for one in handovers.held_by(sara.id)] == [held]


def test_notes_are_kept_in_order_with_their_writers(store, handovers, sara, ali, notes):
    chat = called(store)
    notes.add(chat, sara, "مشتری ناراحت است", now=NOW)
    notes.add(chat, ali, "باشه", now=NOW)
    assert [(n.agent_name, n.text) for n in notes.of_conversation(chat)] == [
        ("سارا", "مشتری ناراحت است"),
        ("علی", "باشه"),
    ]
    assert "باشه" not in texts(store, chat)
