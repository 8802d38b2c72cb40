"""What agents do over the API: take, see, write, note, give on, end."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from jawab.support.agent import Presence, Role
from jawab.support.ticket import Queue

from .colleague import Clock, call_a_person, called, hired
from .pictures import photo
from .running import eventually

MINUTE = timedelta(minutes=1)
FORM = {
    "client_id": "form-1",
    "topic": "delivery",
    "name": "نورة",
    "phone": "0501234567",
    "message": "لم يصل الطلب",
}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(start_desk, clock):
    return start_desk(clock=clock, watch_interval=0.02, agent_typing=0.2)


@pytest.fixture(autouse=True)
def _calls(rasa):
    call_a_person(rasa)


@pytest.fixture
def sara(desk):
    return hired(desk)


@pytest.fixture
def ali(desk):
    return hired(desk, "ali", "علی")


def names(events, kind):
    return next(data for event, data, _ in events if event == kind)


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


def test_the_agent_sees_how_the_bot_understood_what_was_named_and_the_verdict(desk, sara):
    chat = desk.begin("souq", lang="en")
    (answer,) = chat.ask("where is order 123456789")
    desk.http.post(
        f"{chat.path}/messages/{answer['id']}/feedback",
        json={"value": "down", "reason": "wrong"},
        headers=chat.headers,
    )
    chat.ask("a person please")
    messages = sara.get(f"/conversations/{chat.id}")["messages"]
    asked = next(m for m in messages if "123456789" in m["text"])
    assert asked["lang"] == "en"
    assert asked["understanding"]["intent"] == "returns_how"
    assert asked["understanding"]["confidence"] == 0.93
    assert asked["understanding"]["candidates"] == [{"intent": "returns_how", "confidence": 0.93}]
    (entity,) = asked["understanding"]["entities"]
    assert (entity["kind"], entity["value"]) == ("order_number", "123456789")
    judged = next(m for m in messages if m["id"] == answer["id"])
    assert judged["feedback"] == {"value": "down", "reason": "wrong", "comment": None}


def test_the_transcript_comes_page_by_page(desk, sara):
    chat = called(desk)
    for number in range(210):
        chat.send(str(number))
    first = sara.get(f"/conversations/{chat.id}")
    rest = sara.get(f"/conversations/{chat.id}?after={first['messages'][-1]['id']}")
    assert (first["more"], rest["more"]) == (True, False)
    texts = [m["text"] for m in first["messages"] + rest["messages"]]
    assert texts[-210:] == [str(number) for number in range(210)]


def test_a_ticket_of_the_conversation_is_opened_taken_answered_solved_and_reopened(desk, sara):
    chat = called(desk)
    sara.claim(chat)
    opened = sara.post(f"/conversations/{chat.id}/tickets", **FORM)
    reference = opened["reference"]
    assert sara.post(f"/conversations/{chat.id}/tickets", **FORM)["reference"] == reference
    assert reference in chat.said("bot")[-1]
    assert opened["history"][0]["who"] == f"agent:{sara.id}"
    taken = sara.post(f"/tickets/{reference}/assign", agent=sara.id)
    assert taken["assignee"] == f"agent:{sara.id}"
    sara.post(f"/tickets/{reference}/state", state="open")
    sara.post(f"/tickets/{reference}/reply", client_id="r1", text="It is on its way")
    again = sara.post(f"/tickets/{reference}/reply", client_id="r1", text="It is on its way")
    assert [e["what"] for e in again["history"]] == ["opened", "assigned", "state", "reply"]
    assert chat.said("agent") == ["It is on its way"]
    sara.post(f"/tickets/{reference}/notes", text="waits for the carrier")
    solved = sara.post(f"/tickets/{reference}/state", state="solved")
    assert solved["state"] == "solved"
    path = f"/tickets/{reference}/state"
    assert sara.refused("POST", path, state="open", version=1) == (409, "stale_ticket")
    reopened = sara.post(path, state="open", note="came back")
    assert reopened["state"] == "open"
    assert sara.refused("POST", path, state="closed") == (409, "illegal_transition")
    assert "carrier" not in str(chat.messages())
    assert sara.get(f"/conversations/{chat.id}")["tickets"][0]["reference"] == reference


def test_mistakes_in_a_form_are_told_by_field(desk, sara):
    chat = called(desk)
    body = {**FORM, "phone": "12", "topic": "nothing"}
    response = desk.http.post(
        f"/api/v1/agent/conversations/{chat.id}/tickets", json=body, headers=sara.headers
    )
    assert response.status_code == 422
    assert set(response.json()["error"]["fields"]) == {"phone", "topic"}


def test_a_tickets_files_can_be_opened_by_the_agent(desk, sara):
    chat = called(desk)
    sent = desk.http.post(
        f"{chat.path}/attachments", files={"file": ("رسید.jpg", photo())}, headers=chat.headers
    )
    opened = sara.post(
        f"/conversations/{chat.id}/tickets", **{**FORM, "attachments": [sent.json()["id"]]}
    )
    (file,) = opened["attachments"]
    assert (file["name"], file["type"]) == ("رسید.jpg", "image/jpeg")
    assert desk.http.get(file["url"]).headers["content-type"] == "image/jpeg"


def test_earlier_tickets_of_the_same_phone_are_shown(desk, sara):
    before, now = called(desk), called(desk)
    old = sara.post(f"/conversations/{before.id}/tickets", **FORM)["reference"]
    new = sara.post(f"/conversations/{now.id}/tickets", **FORM)["reference"]
    shown = [t["reference"] for t in sara.get(f"/conversations/{now.id}")["tickets"]]
    assert sorted(shown) == sorted([old, new])


def test_tickets_are_listed_by_queue_state_and_holder_page_by_page(desk, sara):
    chats = [called(desk) for _ in range(3)]
    references = [sara.post(f"/conversations/{c.id}/tickets", **FORM)["reference"] for c in chats]
    first = sara.get("/tickets?limit=2&queue=shoppers&state=new&state=open")
    after = first["tickets"][-1]["reference"]
    rest = sara.get(f"/tickets?limit=2&queue=shoppers&after={after}")
    found = [t["reference"] for t in first["tickets"] + rest["tickets"]]
    assert sorted(found) == sorted(references)
    assert (first["more"], rest["more"]) == (True, False)
    assert sara.get("/tickets?queue=sellers")["tickets"] == []
    assert sara.get("/tickets?mine=true")["tickets"] == []
    sara.post(f"/tickets/{references[0]}/assign", agent=sara.id)
    assert [t["reference"] for t in sara.get("/tickets?mine=true")["tickets"]] == [references[0]]
    assert sara.get("/queues")["counts"]["tickets"]["shoppers"] == 3


def test_a_ticket_moved_to_another_queue_is_found_there(desk, sara):
    chat = called(desk)
    reference = sara.post(f"/conversations/{chat.id}/tickets", **FORM)["reference"]
    sara.post(f"/tickets/{reference}/assign", queue="complaints")
    assert [t["reference"] for t in sara.get("/tickets?queue=complaints")["tickets"]] == [reference]


@pytest.mark.parametrize("reference", ["JW-K37-W9F2", "nonsense", "JW-AAA-AAAA"])
def test_an_unknown_ticket_is_not_there(desk, sara, reference):
    assert sara.refused("GET", f"/tickets/{reference}") == (404, "unknown_ticket")


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


def present(colleague):
    return [one["name"] for one in colleague.get("/colleagues") if one["present"]]


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
