"""The agents' event stream; what leads may; the API's description."""

from datetime import timedelta

import pytest

from jawab.support.agents.agent import Role
from jawab.support.tickets.ticket import Queue

from ..colleague import called, hired
from ..running import eventually
from .forms import names, present


def test_the_stream_tells_what_there_is_to_do_and_what_is_said(desk, sara):
    with sara.events() as events:
        assert names(events, "queue")["counts"]["waiting"] == 0
        chat = called(desk)
        assert names(events, "queue")["waiting"][0]["conversation_id"] == chat.id
        sara.claim(chat)
        chat.send("are you there?")
        while (said := names(events, "message"))["message"]["text"] != "are you there?":
            assert said["conversation_id"] == chat.id


def test_a_stream_resumes_where_it_was_and_loses_nothing_of_several_conversations(desk, sara):
    first, second = called(desk), called(desk)
    sara.claim(first)
    sara.claim(second)
    for number in range(3):
        first.send(f"first {number}")
        second.send(f"second {number}")
    wanted = {f"{which} {number}" for which in ("first", "second") for number in range(3)}
    seen, last = set(), None
    with sara.events() as events:
        while not {"first 1", "second 0"} <= seen:
            event, data, id = next(events)
            if event == "message":
                seen.add(data["message"]["text"])
                last = id
    first.send("first 3")
    with sara.events(last) as events:
        rest = []
        while not wanted | {"first 3"} <= seen | set(rest):
            event, data, _ = next(events)
            if event == "message":
                rest.append(data["message"]["text"])
    assert not seen & set(rest)


def test_the_stream_tells_how_far_messages_came_in_the_shoppers_app(desk, sara):
    chat = called(desk)
    sara.claim(chat)
    chats = desk.services.channels.chats
    said = desk.store.messages_after(chat.id, 0, limit=1)[0]
    chats.went("app", "42", "a", said)
    chats.reached("app", "42", "a", "delivered")
    with sara.events() as events:
        assert names(events, "fate") == {
            "conversation_id": chat.id,
            "fates": {str(said.id): "delivered"},
        }
        chats.reached("app", "42", "a", "read")
        chat.send("hello?")
        assert names(events, "fate")["fates"] == {str(said.id): "read"}
    (shown,) = [
        one
        for one in sara.get(f"/conversations/{chat.id}")["messages"]
        if one["id"] == str(said.id)
    ]
    assert shown["fate"] == "read"


@pytest.mark.parametrize("id", ["x", "1", "1.2-", "1.2;3.4", "-1.2"])
def test_a_last_event_id_that_is_none_is_refused(desk, sara, id):
    response = desk.http.get("/api/v1/agent/events", headers={**sara.headers, "Last-Event-ID": id})
    assert response.status_code == 422


def test_an_open_stream_keeps_the_agent_present_and_a_closed_one_does_not(start_desk, clock):
    desk = start_desk(clock=clock, presence_lifetime=0.3, watch_interval=60)
    sara, ali = hired(desk), hired(desk, "ali", "علی")
    with sara.events() as events:
        next(events)
        clock.forward(timedelta(hours=1))
        eventually(lambda: present(ali) == ["سارا"])
    clock.forward(timedelta(hours=1))
    eventually(lambda: present(ali) == [])


def test_a_stream_ends_when_its_agent_may_no_longer_come_in(start_desk, clock):
    desk = start_desk(clock=clock, presence_lifetime=0.3)
    sara = hired(desk)
    with sara.events() as events:
        next(events)
        desk.services.administration.set_active(sara.id, False, by="owner", now=clock())
        assert list(events) is not None  # comes to an end


def test_the_api_is_described(desk):
    paths = desk.http.get("/openapi.json").json()["paths"]
    for path in (
        "/session",
        "/presence",
        "/queues",
        "/events",
        "/conversations/{conversation_id}/claim",
        "/conversations/{conversation_id}/transfer",
        "/tickets/{reference}/state",
    ):
        assert f"/api/v1/agent{path}" in paths
    assert all(
        one.get("summary") and one.get("description")
        for path, ways in paths.items()
        if path.startswith("/api/v1/agent")
        for one in ways.values()
    )


def test_a_lead_moves_what_others_hold_and_sees_every_queue(desk, sara):
    lead = hired(desk, "lead", "Lead", role=Role.LEAD, queues=(Queue.SELLERS,))
    chat = called(desk)
    assert lead.get("/queues")["counts"]["waiting"] == 1
    sara.claim(chat)
    lead.post(f"/conversations/{chat.id}/transfer", agent=lead.id)
    lead.say(chat, "I take over")
    assert chat.said("agent") == ["I take over"]
