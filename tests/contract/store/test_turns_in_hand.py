"""Several desks and one database: a turn is one desk's at a time, and free again when that desk is gone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from jawab.support.conversations.message import Draft
from jawab.support.conversations.turn import Hold
from jawab.text.language import Lang

from .chats import NOW, opened, say

LONG = timedelta(seconds=20)


def hold(desk, since=NOW):
    return Hold(desk, since, since + LONG)


def test_of_two_desks_one_takes_a_turn(store, chat):
    turn = store.turn(say(store, chat, "سلام").id)
    assert store.keep(turn.sent(), hold("one"))
    assert not store.keep(turn.sent(), hold("two"))
    assert store.turn(turn.message_id).attempts == 1


def test_of_many_desks_at_the_same_moment_one_takes_a_turn(store, chat):
    turn = store.turn(say(store, chat, "سلام").id)
    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(lambda n: store.keep(turn.sent(), hold(f"desk {n}")), range(12)))
    assert sum(taken) == 1


def test_the_next_turn_waits_until_the_one_before_is_over_wherever_it_is_answered(store, chat):
    first, second = say(store, chat, "یک"), say(store, chat, "دو")
    turn = store.next_turn(chat, hold=hold("one"))[0].sent()
    assert store.keep(turn, hold("one"))
    assert store.next_turn(chat, hold=hold("two")) is None
    assert store.next_turn(chat, hold=hold("one"))[1] == first
    store.finish(turn.answered({}), [Draft("پاسخ", Lang.FA)], now=NOW)
    assert store.next_turn(chat, hold=hold("two"))[1] == second


def test_what_a_desk_left_behind_is_free_when_its_hold_has_run_out(store, chat):
    turn = store.turn(say(store, chat, "سلام").id).sent()
    assert store.keep(turn, hold("one"))
    before, after = hold("two", NOW + LONG - timedelta(seconds=1)), hold("two", NOW + LONG)
    assert store.next_turn(chat, hold=before) is None
    assert chat not in store.conversations_with_open_turns(hold=before)
    assert chat in store.conversations_with_open_turns(hold=after)
    assert store.keep(store.next_turn(chat, hold=after)[0].sent(), after)
    assert not store.keep(turn.postponed(NOW + LONG), hold("one", NOW + LONG))


def test_a_desk_that_stops_lets_go_of_what_it_holds(store, chat):
    other = opened(store)
    for conversation, desk in ((chat, "one"), (other, "two")):
        turn = store.turn(say(store, conversation, "سلام").id).sent()
        assert store.keep(turn, hold(desk))
    store.let_go("one")
    assert store.next_turn(chat, hold=hold("three"))
    assert store.next_turn(other, hold=hold("three")) is None


def test_messages_that_have_only_just_come_are_left_to_the_desk_they_came_to(store, chat):
    say(store, chat, "سلام")
    mine = hold("two")
    assert chat in store.conversations_with_open_turns(
        hold=mine, queued_before=NOW + timedelta(seconds=1)
    )
    assert chat not in store.conversations_with_open_turns(hold=mine, queued_before=NOW)
