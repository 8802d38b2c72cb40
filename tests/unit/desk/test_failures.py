"""Rasa away, slow, silent, garbled: nothing is lost, nothing doubled, and the shopper is told the truth."""

import threading
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.conversations.conversation import Owner
from jawab.support.conversations.message import Arrival
from jawab.support.conversations.turn import TurnState

from .running import eventually

NOTHING_LISTENS = "http://127.0.0.1:9"
APOLOGY = "ببخشید"


def state_of(desk, message_id):
    return desk.store.turn(int(message_id)).state


@pytest.mark.parametrize("behaviour", ["refuse", "fail", "empty", "garbage", "silent"])
def test_a_failed_attempt_is_tried_again_and_answered_once(desk, rasa, behaviour):
    rasa.then(behaviour)
    chat = desk.begin()
    assert [r["text"] for r in chat.ask("سلام")] == ["پاسخ: سلام"]
    assert rasa.texts == ["سلام", "سلام"]
    assert len(chat.messages()) == 3


@pytest.mark.parametrize("behaviour", ["refuse", "fail", "empty", "garbage", "silent"])
def test_when_every_attempt_fails_the_bot_says_so_once(desk, rasa, behaviour):
    rasa.then(*[behaviour] * 3)
    chat = desk.begin()
    (reply,) = chat.ask("سلام")
    assert reply["author"] == "bot"
    assert reply["text"].startswith(APOLOGY)
    assert len(rasa.asked) == 3
    assert len(chat.messages()) == 3
    assert chat.ask("دوباره")[0]["text"] == "پاسخ: دوباره"


def test_an_answer_lost_on_the_way_is_found_in_the_tracker_not_asked_for_again(desk, rasa):
    offered = {"title": "هزینه", "payload": "/x", "intent": "returns_cost"}
    rasa.reply = lambda q: [
        {"text": "یک", "buttons": [offered]},
        {"text": "دو"},
        {"custom": rasa.custom(q, lang="fa")},
    ]
    rasa.then("lost")
    chat = desk.begin()
    replies = chat.ask("سلام")
    assert [r["text"] for r in replies] == ["یک", "دو"]
    assert replies[0]["buttons"][0]["title"] == "هزینه"
    assert rasa.texts == ["سلام"]
    turn = desk.store.turn(int(chat.messages()[1]["id"]))
    assert (turn.state, turn.result["intent"]) == (TurnState.ANSWERED, "returns_how")


def test_an_answer_to_the_last_attempt_is_found_before_giving_up(start_desk, rasa):
    rasa.then("lost")
    assert start_desk(attempts=1).begin().ask("سلام")[0]["text"] == "پاسخ: سلام"
    assert len(rasa.asked) == 1


def test_another_messages_answer_in_the_tracker_is_not_taken(desk, rasa):
    chat = desk.begin()
    chat.ask("یک")
    rasa.then("fail")
    assert chat.ask("دو")[0]["text"] == "پاسخ: دو"
    assert rasa.texts == ["یک", "دو", "دو"]


def test_a_message_whose_fate_is_unknown_is_not_sent_blindly(desk, rasa):
    rasa.then("lost")
    rasa.tracker_works = False
    chat = desk.begin()
    assert chat.ask("سلام")[0]["text"].startswith(APOLOGY)
    assert len(rasa.asked) == 1


def test_a_rasa_that_cannot_be_reached_is_no_reason_to_look_into_its_tracker(start_desk, rasa):
    desk = start_desk(rasa_url=NOTHING_LISTENS)
    assert desk.begin("souq").ask("مرحبا")[0]["author"] == "bot"
    assert rasa.looked_up == []


def test_a_slow_rasa_is_not_waited_for_longer_than_set(start_desk, rasa):
    gate = threading.Event()
    rasa.then(gate)
    desk = start_desk(rasa_timeout=timedelta(milliseconds=100), attempts=1)
    assert desk.begin().ask("سلام")[0]["text"].startswith(APOLOGY)
    gate.set()


def test_messages_behind_a_failing_one_keep_their_order(desk, rasa):
    rasa.then("refuse", "empty")
    chat = desk.begin()
    for text in ("یک", "دو", "سه"):
        chat.send(text)
    eventually(lambda: len(chat.said("bot")) == 4)
    assert chat.said("bot")[1:] == ["پاسخ: یک", "پاسخ: دو", "پاسخ: سه"]


def test_no_new_attempt_starts_after_the_patience_is_over(start_desk, rasa):
    rasa.then("refuse")
    desk = start_desk(give_up_after=timedelta(0))
    assert desk.begin().ask("سلام")[0]["text"].startswith(APOLOGY)
    assert len(rasa.asked) == 1


def test_a_person_who_owns_the_conversation_is_not_talked_over(desk, rasa):
    chat = desk.begin()
    desk.store.hand_to(chat.id, Owner.HUMAN)
    assert chat.ask("کسی هست؟") == []
    assert rasa.asked == []
    desk.store.hand_to(chat.id, Owner.BOT)
    assert chat.ask("سلام")[0]["text"] == "پاسخ: سلام"
    assert rasa.texts == ["سلام"]


def test_an_answer_that_comes_after_a_person_took_over_is_dropped(desk, rasa):
    gate = threading.Event()
    rasa.then(gate)
    chat = desk.begin()
    message_id = chat.send("سلام").json()["id"]
    eventually(lambda: rasa.asked)
    desk.store.hand_to(chat.id, Owner.HUMAN)
    gate.set()
    eventually(lambda: state_of(desk, message_id) is TurnState.WAIVED)
    assert len(chat.said("bot")) == 1


def test_retries_stop_when_a_person_takes_over(start_desk, rasa):
    rasa.then("refuse")
    desk = start_desk(first_delay=timedelta(milliseconds=300))
    chat = desk.begin()
    message_id = chat.send("سلام").json()["id"]
    eventually(lambda: desk.store.turn(int(message_id)).next_attempt_at)
    desk.store.hand_to(chat.id, Owner.HUMAN)
    eventually(lambda: not desk.store.turn(int(message_id)).is_open)
    assert len(chat.said("bot")) == 1


def test_after_a_restart_a_stored_message_is_answered(start_desk, rasa):
    first = start_desk()
    chat = first.begin()
    first.stop()
    stored = first.store.accept(chat.id, Arrival("c1", text="سلام"), now=datetime.now(timezone.utc))
    second = start_desk()
    eventually(lambda: "پاسخ: سلام" in chat.at(second).said("bot"))
    assert state_of(second, stored.message.id) is TurnState.ANSWERED
    assert rasa.texts == ["سلام"]


def test_after_a_crash_an_answer_already_given_is_fetched_not_asked_for_again(start_desk, rasa):
    first = start_desk()
    chat = first.begin()
    first.stop()
    stored = first.store.accept(chat.id, Arrival("c1", text="سلام"), now=datetime.now(timezone.utc))
    first.store.keep(first.store.turn(stored.message.id).sent())
    rasa.trackers[chat.id] = [
        {"event": "user", "text": "سلام", "metadata": {"message_id": str(stored.message.id)}},
        {"event": "bot", "text": "پیش از مرگ گفتم", "data": {}},
        {"event": "user", "text": "دیگر", "metadata": {"message_id": "0"}},
        {"event": "bot", "text": "نه این", "data": {}},
    ]
    second = start_desk()
    eventually(lambda: len(chat.at(second).said("bot")) == 2)
    assert chat.at(second).said("bot")[1] == "پیش از مرگ گفتم"
    assert rasa.asked == []


def test_after_a_restart_older_messages_wait_for_rasa_to_come_up(start_desk, rasa):
    first = start_desk()
    chat = first.begin()
    first.stop()
    first.store.accept(chat.id, Arrival("c1", text="سلام"), now=datetime.now(timezone.utc))
    rasa.model = None
    second = start_desk()
    assert second.http.get("/readyz").json()["missing"] == {"rasa": "no_model"}
    assert rasa.asked == []
    rasa.model = "model.tar.gz"
    eventually(lambda: "پاسخ: سلام" in chat.at(second).said("bot"))


def test_a_message_in_flight_survives_a_stop(start_desk, rasa):
    gate = threading.Event()
    rasa.then(gate)
    first = start_desk(shutdown_grace=timedelta(milliseconds=50))
    chat = first.begin()
    chat.send("سلام")
    eventually(lambda: rasa.asked)
    first.stop()
    gate.set()
    eventually(lambda: rasa.at_once == 0)
    second = start_desk()
    eventually(lambda: "پاسخ: سلام" in chat.at(second).said("bot"))
    assert rasa.texts == ["سلام"]
    assert len(chat.at(second).messages()) == 3


def test_a_graceful_stop_lets_a_message_in_flight_finish(start_desk, rasa):
    gate = threading.Event()
    rasa.then(gate)
    first = start_desk(shutdown_grace=timedelta(seconds=10))
    chat = first.begin()
    message_id = chat.send("سلام").json()["id"]
    eventually(lambda: rasa.asked)
    threading.Timer(0.2, gate.set).start()
    first.stop()
    assert state_of(first, message_id) is TurnState.ANSWERED


def test_a_locked_database_is_waited_out_by_the_worker(start_desk, rasa):
    gate = threading.Event()
    rasa.then(gate)
    desk = start_desk(database_patience=timedelta(milliseconds=50))
    chat = desk.begin()
    message_id = chat.send("سلام").json()["id"]
    eventually(lambda: rasa.asked)
    with desk.services.database.engine.connect() as locker:
        locker.exec_driver_sql("ROLLBACK")
        locker.exec_driver_sql("BEGIN IMMEDIATE")
        gate.set()
        refused = chat.send("و این؟")
        assert refused.status_code == 503
        assert refused.headers["retry-after"]
        assert refused.json()["error"]["code"] == "unavailable"
        eventually(lambda: rasa.at_once == 0)
        locker.exec_driver_sql("ROLLBACK")
    eventually(lambda: state_of(desk, message_id) is TurnState.ANSWERED)
    assert chat.said("bot")[1:] == ["پاسخ: سلام"]
    assert rasa.texts == ["سلام"]
