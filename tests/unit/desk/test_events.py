"""The event stream: what happens arrives, and what was missed arrives first."""

import threading

import pytest

from jawab.desk.hub import OWNER, News
from jawab.support.conversations.conversation import Owner

from .running import eventually


def until_message(events, author="bot"):
    seen = []
    for event in events:
        seen.append(event)
        if event[0] == "message" and event[1]["author"] == author:
            return seen
    raise AssertionError("the stream ended")


def test_a_message_and_its_answer_arrive_with_typing_between(desk):
    chat = desk.begin()
    with chat.events() as events:
        assert next(events)[:2] == ("owner", {"owner": "bot"})
        assert next(events)[:2] == ("typing", {"author": "bot", "on": False})
        sent = chat.send("سلام").json()["id"]
        seen = until_message(events)
        assert next(events)[:2] == ("typing", {"author": "bot", "on": False})
    said = [(e[1]["author"], e[1]["text"]) for e in seen if e[0] == "message"]
    assert said == [("shopper", "سلام"), ("bot", "پاسخ: سلام")]
    assert next(e[2] for e in seen if e[0] == "message") == sent
    assert all(e[2] is None for e in seen if e[0] != "message")


def test_a_stream_resumes_after_the_last_event_with_nothing_lost(desk):
    chat = desk.begin()
    greeting = chat.messages()[0]["id"]
    chat.ask("یک")
    chat.ask("دو")
    with chat.events(last_event_id=greeting) as events:
        first = [next(events) for _ in range(4)]
        assert [e[1]["text"] for e in first] == ["یک", "پاسخ: یک", "دو", "پاسخ: دو"]
        chat.send("سه")
        seen = until_message(events)
    assert [e[1]["text"] for e in seen if e[0] == "message"] == ["سه", "پاسخ: سه"]


def test_nothing_is_lost_or_doubled_while_streams_break_and_resume(desk):
    chat = desk.begin()
    last = chat.messages()[0]["id"]
    sent = [f"پیام {n}" for n in range(15)]
    sender = threading.Thread(target=lambda: [chat.send(text) for text in sent])
    sender.start()
    received = []
    while len(received) < 2 * len(sent):
        with chat.events(last_event_id=last) as events:
            for _ in range(7):
                kind, data, event_id = next(events)
                if kind == "message":
                    received.append(data["id"])
                    last = event_id
                if len(received) == 2 * len(sent):
                    break
    sender.join()
    assert received == [m["id"] for m in chat.messages()[1:]]


def test_a_stream_that_begins_late_shows_that_the_bot_is_typing(desk, rasa):
    gate = threading.Event()
    rasa.then(gate)
    chat = desk.begin()
    chat.send("سلام")
    eventually(lambda: rasa.asked)
    with chat.events() as events:
        assert next(events)[0] == "owner"
        assert next(events)[:2] == ("typing", {"author": "bot", "on": True})
        gate.set()
        until_message(events)
        assert next(events)[:2] == ("typing", {"author": "bot", "on": False})


def test_the_typing_sign_ends_when_the_bot_fails(desk, rasa):
    rasa.then("empty", "empty", "empty")
    chat = desk.begin()
    with chat.events() as events:
        chat.send("سلام")
        until_message(events)
        assert next(events)[:2] == ("typing", {"author": "bot", "on": False})


def test_two_streams_both_hear_everything(desk):
    chat = desk.begin()
    with chat.events() as one, chat.events() as two:
        next(one), next(two)
        chat.send("سلام")
        assert until_message(one)[-1] == until_message(two)[-1]


def test_another_conversations_messages_are_not_heard(desk):
    chat, other = desk.begin(), desk.begin()
    with chat.events() as events:
        other.ask("راز")
        chat.send("سلام")
        seen = until_message(events)
    assert "راز" not in str(seen)


def test_who_answers_is_told_when_it_changes(desk):
    chat = desk.begin()
    with chat.events() as events:
        next(events), next(events)
        desk.store.hand_to(chat.id, Owner.HUMAN)
        loop_call(desk, lambda: desk.services.hub.publish(chat.id, News(OWNER, {"owner": "human"})))
        assert next(events)[:2] == ("owner", {"owner": "human"})


def test_a_silent_stream_is_kept_alive_by_comments(start_desk):
    desk = start_desk(heartbeat=0.05)
    chat = desk.begin()
    with desk.http.stream("GET", f"{chat.path}/events", headers=chat.headers) as response:
        assert any(line.startswith(":") for line in response.iter_lines())


@pytest.mark.parametrize("cursor", ["abc", "-1", "1.5", "۱", "1" * 30])
def test_a_last_event_id_that_is_none_of_ours_is_refused(desk, cursor):
    chat = desk.begin()
    response = desk.http.get(
        f"{chat.path}/events", headers={**chat.headers, "Last-Event-ID": cursor.encode()}
    )
    assert response.status_code == 422


def loop_call(desk, function):
    """Run in the server's own thread, as the hub asks for."""
    desk._running._server.servers[0].get_loop().call_soon_threadsafe(function)
