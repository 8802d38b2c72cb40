"""Several desks on one database: every message is answered once, in order, wherever it comes in, whoever dies."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from jawab.support.conversations.message import Arrival
from jawab.support.conversations.turn import Hold

from ...redis_server import redis_server
from .colleague import Clock
from .running import eventually


@pytest.fixture(scope="module")
def redis():
    with redis_server() as server:
        yield server


@pytest.fixture
def two_desks(start_desk, redis):
    """Two desks that share a database and a Redis."""
    pair = [start_desk(desk_name=name, redis_url=redis.url) for name in ("one", "two")]
    eventually(lambda: all(desk.http.get("/readyz").json()["degraded"] == {} for desk in pair))
    return pair


def test_messages_to_both_desks_are_answered_once_and_in_order(two_desks, rasa):
    one, two = two_desks
    chat = one.begin()
    texts = [f"پیام {number}" for number in range(12)]
    for number, text in enumerate(texts):
        assert chat.at(two_desks[number % 2]).send(text).status_code == 202
    eventually(lambda: len(chat.said("bot")) == 1 + len(texts))
    assert rasa.texts == texts
    assert chat.said("bot")[1:] == [f"پاسخ: {text}" for text in texts]
    assert chat.at(two).messages() == chat.messages()


def test_many_conversations_at_both_desks_at_once_are_answered_once_each(two_desks, rasa):
    chats = [two_desks[number % 2].begin() for number in range(8)]

    def talk(number):
        for turn in range(4):
            chats[number].at(two_desks[(number + turn) % 2]).send(f"{number}-{turn}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(talk, range(8)))
    for number, chat in enumerate(chats):
        expected = [f"پاسخ: {number}-{turn}" for turn in range(4)]
        eventually(lambda chat=chat, expected=expected: chat.said("bot")[1:] == expected)
    assert sorted(rasa.texts) == sorted(f"{n}-{t}" for n in range(8) for t in range(4))


def test_a_stream_at_one_desk_shows_what_comes_to_the_other(two_desks):
    one, two = two_desks
    chat = one.begin()
    with chat.at(two).events() as events:
        chat.send("سلام")
        said = []
        while len(said) < 2:
            kind, data, _ = next(events)
            if kind == "message":
                said.append(data["text"])
    assert said == ["سلام", "پاسخ: سلام"]


def test_a_request_that_waits_at_one_desk_hears_of_an_answer_by_the_other(two_desks, rasa):
    one, two = two_desks
    gate = threading.Event()
    rasa.then(gate)
    chat = one.begin()
    chat.send("یک")
    eventually(lambda: rasa.texts == ["یک"])
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(chat.at(two).ask, "دو")
        eventually(lambda: len(chat.messages()) == 3)
        gate.set()
        assert [reply["text"] for reply in waiting.result()] == ["پاسخ: دو"]
    assert rasa.texts == ["یک", "دو"]


def test_a_turn_of_a_desk_that_died_is_taken_up_by_another(start_desk, rasa):
    clock = Clock()
    desk = start_desk(desk_name="one", clock=clock)
    chat = desk.begin()
    died = Hold("another", clock.now, clock.now + timedelta(seconds=20))
    left = desk.store.accept(chat.id, Arrival("c1", text="یک"), now=clock.now).message
    assert desk.store.keep(desk.store.turn(left.id).sent(), died)
    chat.send("دو")
    clock.forward(timedelta(seconds=19))
    assert desk.store.next_turn(chat.id, hold=desk.services.holds.begin()) is None
    assert rasa.texts == []
    clock.forward(timedelta(seconds=2))
    eventually(lambda: rasa.texts == ["یک", "دو"])
    eventually(lambda: desk.store.next_turn(chat.id) is None)
    assert chat.said("bot")[1:] == ["پاسخ: یک", "پاسخ: دو"]


def test_without_redis_desks_still_answer_and_streams_still_run(start_desk):
    nothing_listens = "redis://127.0.0.1:9/0"
    one, two = (start_desk(desk_name=name, redis_url=nothing_listens) for name in ("one", "two"))
    ready = one.http.get("/readyz").json()
    assert (ready["ready"], ready["degraded"]) == (True, {"redis": "not_reached"})
    chat = one.begin()
    with chat.at(two).events() as events:
        chat.send("سلام")
        said = []
        while len(said) < 2:
            kind, data, _ = next(events)
            if kind == "message":
                said.append(data["text"])
    assert said == ["سلام", "پاسخ: سلام"]
