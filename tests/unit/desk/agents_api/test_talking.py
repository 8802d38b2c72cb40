"""Agents take conversations over the API, and speak in them."""

import threading
from concurrent.futures import ThreadPoolExecutor

from ..colleague import called, hired
from .forms import names


def test_who_waits_is_in_the_queue_in_order(desk, sara):
    first, second = called(desk), called(desk, "digikala", "fa", "person لطفا")
    queues = sara.get("/queues")
    assert queues["counts"]["waiting"] == 2
    assert [(one["conversation_id"], one["place"]) for one in queues["waiting"]] == [
        (first.id, 1),
        (second.id, 1),  # another shop's queue
    ]
    assert queues["waiting"][0]["reason"] == "asked"
    assert queues["mine"] == []


def test_one_of_twenty_requests_at_once_gets_it_and_the_others_learn_who(desk):
    crowd = [hired(desk, f"agent{n}", f"Agent {n}") for n in range(4)]
    chat = called(desk)
    start = threading.Barrier(20)

    def claim(number):
        start.wait()
        who = crowd[number % 4]
        response = desk.http.post(
            f"/api/v1/agent/conversations/{chat.id}/claim", headers=who.headers
        )
        return who.id, response.status_code, response.json()

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(claim, range(20)))
    winners = {who for who, status, _ in results if status == 200}
    assert len(winners) == 1
    assert sum(status == 200 for _, status, _ in results) == 5  # to claim again is no error
    lost = [body["error"] for _, status, body in results if status == 409]
    assert {error["code"] for error in lost} == {"already_claimed"}
    name = next(f"Agent {n}" for n, who in enumerate(crowd) if who.id in winners)
    assert all(name in error["message"] for error in lost)
    assert sum("is with you now" in text for text in chat.said("bot")) == 1


def test_a_shopper_and_an_agent_talk_and_the_bot_is_silent(desk, sara, rasa):
    chat = called(desk)
    sara.claim(chat)
    asked = len(rasa.asked)
    with chat.events() as events:
        assert names(events, "owner") == {
            "owner": "human",
            "state": "active",
            "agent": {"name": "سارا"},
        }
        sara.say(chat, "How can I help?")
        said = names(events, "message")
    assert (said["author"], said["name"], said["text"]) == ("agent", "سارا", "How can I help?")
    assert chat.ask("my parcel is lost") == []
    assert len(rasa.asked) == asked
    view = sara.get(f"/conversations/{chat.id}")
    assert [m["text"] for m in view["messages"]][-2:] == ["How can I help?", "my parcel is lost"]
    assert view["handover"]["agent"] == "سارا"


def test_an_agents_message_is_stored_once(desk, sara):
    chat = called(desk)
    sara.claim(chat)
    first = sara.say(chat, "Hello", client_id="x")
    assert sara.say(chat, "Hello", client_id="x") == first
    path = f"/conversations/{chat.id}/messages"
    assert sara.refused("POST", path, client_id="x", text="Other") == (409, "client_id_reused")
    assert sara.refused("POST", path, client_id="y", text=" \u200c ") == (422, "empty_message")
    assert chat.said("agent") == ["Hello"]


def test_a_shoppers_client_id_never_meets_an_agents(desk, sara):
    chat = called(desk)
    sara.claim(chat)
    sara.say(chat, "Hello", client_id="x")
    assert chat.send("Hi", client_id="x").status_code == 202
    assert chat.send("Hi", client_id=f"{sara.id} x").status_code == 422


def test_only_who_has_claimed_it_writes_types_and_ends_it(desk, sara, ali):
    chat = called(desk)
    write = ("POST", f"/conversations/{chat.id}/messages")
    assert sara.refused(*write, client_id="1", text="x") == (403, "not_yours")
    ali.claim(chat)
    assert sara.refused(*write, client_id="1", text="x") == (403, "not_yours")
    for way in ("typing", "return", "close"):
        assert sara.refused("POST", f"/conversations/{chat.id}/{way}") == (403, "not_yours")
    assert chat.said("agent") == []


def test_a_shoppers_typing_is_shown_to_who_answers_and_ends_by_itself_and_with_the_message(
    desk, sara
):
    chat = called(desk)
    types = f"{chat.path}/typing"
    with sara.events() as events:
        typing = (data["conversations"] for event, data, _ in events if event == "typing")
        assert desk.http.post(types, headers=chat.headers).status_code == 204
        sara.claim(chat)  # before, there was nobody to tell
        desk.http.post(types, headers=chat.headers)
        assert next(typing) == [chat.id]
        assert next(typing) == []
        desk.http.post(types, headers=chat.headers)
        assert next(typing) == [chat.id]
        chat.send("It is late")
        assert next(typing) == []


def test_typing_needs_the_conversations_own_token(desk, sara):
    chat, other = called(desk), called(desk)
    sara.claim(chat)
    assert desk.http.post(f"{chat.path}/typing", headers=other.headers).status_code == 403
    assert desk.http.post(f"{chat.path}/typing").status_code == 401


def test_an_agents_typing_is_shown_live_and_ends_by_itself_and_with_the_message(desk, sara):
    chat = called(desk)
    sara.claim(chat)

    def signs(events):
        return (data for event, data, _ in events if event == "typing")

    with chat.events() as events:
        typing = signs(events)
        assert next(typing)["on"] is False
        sara.post(f"/conversations/{chat.id}/typing")
        assert next(typing) == {"author": "agent", "on": True}
        assert next(typing) == {"author": "agent", "on": False}
        sara.post(f"/conversations/{chat.id}/typing")
        assert next(typing)["on"] is True
        sara.say(chat, "Hello")
        assert next(typing)["on"] is False


def test_a_stream_that_begins_while_an_agent_types_shows_it(desk, start_desk, clock):
    slow = start_desk(clock=clock, agent_typing=60)
    sara, chat = hired(slow), called(slow)
    sara.claim(chat)
    sara.post(f"/conversations/{chat.id}/typing")
    with chat.events() as events:
        assert names(events, "typing") == {"author": "agent", "on": True}
