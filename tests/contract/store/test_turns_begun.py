"""A turn that is begun with its message: one transaction less, and still one desk's at a time, in order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from jawab.support.conversations.conversation import Owner
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.turn import Hold, TurnState
from jawab.text.language import Lang

from .chats import NOW, say

MINE = Hold("one", NOW, NOW + timedelta(seconds=20))
ANOTHERS = Hold("two", NOW, NOW + timedelta(seconds=20))


def begin(store, chat, text, hold=MINE):
    return store.accept(chat, Arrival(text, text=text), now=NOW, hold=hold)


def test_a_message_with_nothing_open_before_it_is_begun_as_sent(store, chat):
    got = begin(store, chat, "سلام")
    assert (got.fresh, got.begun.message, got.begun.hold) == (True, got.message, MINE)
    assert got.begun.conversation == store.conversation(chat)
    assert store.turn(got.message.id) == got.begun.turn
    assert (got.begun.turn.state, got.begun.turn.attempts) == (TurnState.SENT, 1)
    assert store.next_turn(chat, hold=ANOTHERS) is None
    assert not store.keep(got.begun.turn, ANOTHERS)


def test_a_message_behind_an_open_one_waits_for_its_turn(store, chat):
    first, second = begin(store, chat, "یک"), begin(store, chat, "دو", ANOTHERS)
    assert second.begun is None
    assert store.turn(second.message.id).state is TurnState.QUEUED
    assert store.close(first.begun.turn.answered({}), [Draft("پاسخ", Lang.FA)], now=NOW).more
    assert store.next_turn(chat, hold=ANOTHERS)[1] == second.message


def test_of_messages_at_the_same_moment_one_is_begun(store, chat):
    with ThreadPoolExecutor(6) as pool:
        got = list(pool.map(lambda n: begin(store, chat, f"پیام {n}"), range(12)))
    (one,) = [each for each in got if each.begun is not None]
    assert one.message.id == min(each.message.id for each in got)


def test_the_same_message_again_begins_nothing(store, chat):
    begin(store, chat, "سلام")
    again = begin(store, chat, "سلام")
    assert (again.fresh, again.begun) == (False, None)


def test_a_persons_conversation_begins_no_turn(store, chat):
    store.hand_to(chat, Owner.HUMAN)
    got = begin(store, chat, "سلام")
    assert (got.begun, got.owner, store.turn(got.message.id)) == (None, Owner.HUMAN, None)


def test_a_turn_that_was_the_last_one_says_so(store, chat):
    turn = begin(store, chat, "سلام").begun.turn
    closed = store.close(turn.answered({}), [Draft("پاسخ", Lang.FA)], now=NOW)
    assert closed.replies == store.replies(turn.message_id)
    assert not closed.more


def test_a_begun_turn_of_a_desk_that_stops_is_free(store, chat):
    message = begin(store, chat, "سلام").message
    assert store.let_go("one") == 1
    assert store.next_turn(chat, hold=ANOTHERS)[1] == message


def test_the_outcome_is_unknown_until_the_turn_is_over(store, chat):
    got = begin(store, chat, "سلام")
    assert store.outcome(got.message.id) is None
    closed = store.close(got.begun.turn.answered({}), [Draft("پاسخ", Lang.FA)], now=NOW)
    assert store.outcome(got.message.id) == closed.replies


def test_what_a_person_is_to_answer_has_no_outcome_to_wait_for(store, chat):
    store.hand_to(chat, Owner.HUMAN)
    assert store.outcome(say(store, chat, "سلام").id) == ()


def test_the_language_that_was_heard_is_written_where_it_was_another(store, chat):
    got = begin(store, chat, "hello")
    turn = got.begun.turn
    said = [Draft("hello", Lang.EN)]
    store.close(turn.answered({}), said, now=NOW, lang=Lang.EN, heard=got.message.lang)
    assert store.conversation(chat).lang is Lang.EN
    assert store.messages_after(chat, turn.message_id - 1, limit=1)[0].lang is Lang.EN
