"""What the store promises of turns, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from jawab.support.conversations.conversation import Owner
from jawab.support.conversations.message import Choice, Draft
from jawab.support.conversations.turn import TurnState
from jawab.text.language import Lang

from .chats import FORM, NOW, opened, say, sent, texts


def test_replies_and_the_turns_end_are_stored_together(store, chat):
    message = say(store, chat, "سلام")
    turn = sent(store, message)
    report = {"intent": "greet", "confidence": 0.9, "outcome": "said", "more": ["x"]}
    replies = store.finish(
        turn.answered(report),
        [
            Draft("یک", Lang.AR),
            Draft("دو", Lang.AR, (Choice("ج", {"intent": "x"}),), FORM),
        ],
        lang=Lang.AR,
        now=NOW,
    )
    assert store.replies(message.id) == replies
    assert [r.in_reply_to for r in replies] == [message.id] * 2
    assert replies[1].buttons[0].id == f"{replies[1].id}-0"
    assert [r.form for r in store.replies(message.id)] == [None, FORM]
    assert store.turn(message.id).state is TurnState.ANSWERED
    assert store.turn(message.id).result == report
    assert store.conversation(chat).lang is Lang.AR
    assert store.messages_after(chat, 0, limit=9)[1].lang is Lang.AR
    assert store.next_turn(chat) is None


def test_a_turn_ends_once(store, chat):
    turn = sent(store, say(store, chat, "سلام"))
    assert len(store.finish(turn.answered({}), [Draft("یک", Lang.FA)], now=NOW)) == 1
    assert store.finish(turn.answered({}), [Draft("دو", Lang.FA)], now=NOW) == ()
    assert store.finish(turn.apologised("x"), [Draft("سه", Lang.FA)], now=NOW) == ()
    assert not store.keep(turn.postponed(NOW))
    assert texts(store, chat) == ["سلام", "سلام", "یک"]


def test_ends_at_the_same_moment_leave_one_answer(store, chat):
    turn = sent(store, say(store, chat, "سلام"))
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(
                lambda n: store.finish(turn.answered({}), [Draft(str(n), Lang.FA)], now=NOW),
                range(8),
            )
        )
    assert len(texts(store, chat)) == 3


def test_the_oldest_open_turn_is_next(store, chat):
    first, second = say(store, chat, "یک"), say(store, chat, "دو")
    assert store.next_turn(chat)[1] == first
    store.finish(sent(store, first).apologised("timeout"), [Draft("ببخشید", Lang.FA)], now=NOW)
    assert store.next_turn(chat)[1] == second


def test_a_turn_keeps_when_it_is_to_be_tried_again(store, chat):
    turn = sent(store, say(store, chat, "سلام")).postponed(NOW + timedelta(seconds=6))
    assert store.keep(turn)
    assert store.next_turn(chat)[0] == turn


def test_who_is_owed_an_answer_is_known_after_a_restart(store):
    waiting, served, silent = (opened(store) for _ in range(3))
    say(store, served, "یک")
    say(store, waiting, "دو")
    turn = sent(store, store.next_turn(served)[1])
    store.finish(turn.answered({}), [Draft("پاسخ", Lang.FA)], now=NOW)
    open_ones = store.conversations_with_open_turns()
    assert waiting in open_ones
    assert served not in open_ones
    assert silent not in open_ones


def test_while_a_person_owns_the_conversation_no_turn_is_made(store, chat):
    assert store.hand_to(chat, Owner.HUMAN).owner is Owner.HUMAN
    message = say(store, chat, "کسی هست؟")
    assert store.turn(message.id) is None
    store.hand_to(chat, Owner.BOT)
    assert store.turn(say(store, chat, "سلام").id) is not None


def test_an_answer_after_a_person_took_over_is_dropped(store, chat):
    message = say(store, chat, "سلام")
    turn = sent(store, message)
    store.hand_to(chat, Owner.HUMAN)
    assert store.finish(turn.answered({}), [Draft("نه", Lang.FA)], now=NOW) == ()
    assert store.turn(message.id).state is TurnState.WAIVED
    assert texts(store, chat) == ["سلام", "سلام"]


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_texts_that_no_database_holds_are_mended(store, chat, text):
    turn = sent(store, say(store, chat, "سلام"))
    choice = Choice(text, {"intent": text, text: [text]})
    (reply,) = store.finish(turn.answered({"x": text}), [Draft(text, Lang.FA, (choice,))], now=NOW)
    assert store.messages_after(chat, reply.id - 1, limit=1) == (reply,)
    assert "\x00" not in reply.text
    reply.text.encode("utf-8")


@pytest.mark.parametrize("confidence", [0.5, 1, True, "high", None, [1]])
def test_a_report_of_any_shape_is_kept(store, chat, confidence):
    message = say(store, chat, "سلام")
    turn = sent(store, message)
    report = {"confidence": confidence, "intent": "x" * 200, "outcome": 7}
    store.finish(turn.answered(report), [Draft("پاسخ", Lang.FA)], now=NOW)
    assert store.turn(message.id).result == report


def test_everything_is_counted(store, chat):
    before = store.counts()
    turn = sent(store, say(store, chat, "سلام"))
    store.finish(turn.answered({}), [Draft("پاسخ", Lang.FA)], now=NOW)
    after = store.counts()
    assert after.messages - before.messages == 2
    assert after.turns[TurnState.ANSWERED] - before.turns.get(TurnState.ANSWERED, 0) == 1
