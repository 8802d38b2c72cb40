"""Agents note, give conversations on, return and close them over the API."""

import pytest

from jawab.support.agents.agent import Presence

from ..colleague import called, hired
from ..running import eventually
from .forms import MINUTE


def test_a_note_is_for_colleagues_alone(desk, sara, ali):
    chat = called(desk)
    note = sara.post(f"/conversations/{chat.id}/notes", text="صبور باشید")
    assert note["agent"] == "سارا"
    assert [n["text"] for n in ali.get(f"/conversations/{chat.id}")["notes"]] == ["صبور باشید"]
    assert "صبور باشید" not in str(chat.messages())


def test_a_conversation_is_given_to_a_colleague_who_sees_everything(desk, sara, ali):
    chat = called(desk)
    sara.claim(chat)
    moved = sara.post(f"/conversations/{chat.id}/transfer", agent=ali.id, note="لطفاً پیگیری کن")
    assert (moved["agent"], moved["state"]) == ("علی", "active")
    assert "علی" in chat.said("bot")[-1]
    assert [one["conversation_id"] for one in ali.get("/queues")["mine"]] == [chat.id]
    assert ali.get(f"/conversations/{chat.id}")["notes"][0]["text"] == "لطفاً پیگیری کن"
    ali.say(chat, "Hello again")


def test_a_conversation_is_given_to_the_front_of_a_queue(desk, sara):
    chat = called(desk)
    sara.claim(chat)
    other = called(desk)
    moved = sara.post(f"/conversations/{chat.id}/transfer", queue="shoppers")
    assert (moved["state"], moved["place"]) == ("waiting", 1)
    waiting = [one["conversation_id"] for one in sara.get("/queues")["waiting"]]
    assert waiting == [chat.id, other.id]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"agent": 999}, (422, "unknown_agent")),
        ({}, (422, "invalid_request")),
        ({"agent": 1, "queue": "sellers"}, (422, "invalid_request")),
        ({"queue": "nowhere"}, (422, "invalid_request")),
    ],
)
def test_a_transfer_to_nowhere_is_refused(desk, sara, body, expected):
    chat = called(desk)
    sara.claim(chat)
    assert sara.refused("POST", f"/conversations/{chat.id}/transfer", **body) == expected


def test_nobody_gets_a_conversation_who_is_away_or_of_another_shop(desk, sara):
    away = hired(desk, "away", "Away", presence=Presence.AWAY)
    foreign = hired(desk, "foreign", "Foreign", shops=("digikala",))
    chat = called(desk)
    sara.claim(chat)
    path = f"/conversations/{chat.id}/transfer"
    assert sara.refused("POST", path, agent=away.id) == (409, "agent_away")
    assert sara.refused("POST", path, agent=foreign.id) == (422, "unknown_agent")


def test_returned_to_the_bot_it_answers_again(desk, sara):
    chat = called(desk)
    sara.claim(chat)
    assert sara.post(f"/conversations/{chat.id}/return")["ending"] == "returned"
    assert "back with me" in chat.said("bot")[-1]
    assert chat.ask("hello")[0]["text"] == "پاسخ: hello"
    assert sara.refused("POST", f"/conversations/{chat.id}/return") == (409, "no_handover")


def test_a_closed_conversation_can_call_a_person_again(desk, sara):
    chat = called(desk)
    sara.claim(chat)
    sara.post(f"/conversations/{chat.id}/close")
    chat.ask("a person again")
    sara.claim(chat)
    ways = [one["ending"] for one in sara.get(f"/conversations/{chat.id}")["handovers"]]
    assert ways == ["closed", None]


def test_those_to_whom_nobody_came_are_not_forgotten(desk, sara, clock):
    chat = called(desk)
    clock.forward(20 * MINUTE)
    eventually(lambda: sara.get("/handovers?scope=missed")["handovers"])
    (missed,) = sara.get("/handovers?scope=missed")["handovers"]
    assert (missed["conversation_id"], missed["ending"]) == (chat.id, "nobody")


def test_handovers_come_page_by_page(desk, sara):
    chats = [called(desk).id for _ in range(5)]
    first = sara.get("/handovers?limit=2")
    rest = sara.get(f"/handovers?limit=9&after={first['handovers'][-1]['id']}")
    assert (first["more"], rest["more"]) == (True, False)
    assert [h["conversation_id"] for h in first["handovers"] + rest["handovers"]] == chats
