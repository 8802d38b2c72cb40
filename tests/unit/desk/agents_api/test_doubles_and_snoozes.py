"""Doubled tickets and tickets that are put off, over the API, and what the shopper is told."""

from datetime import timedelta

import pytest

from ..colleague import called
from ..running import eventually
from .forms import FORM, names


@pytest.fixture
def two(desk, sara):
    """The conversation of a shopper with two tickets, and their references."""
    chat = called(desk)
    sara.claim(chat)
    forms = ({**FORM, "client_id": "a"}, {**FORM, "client_id": "b", "message": "وين طلبي؟"})
    first, second = (sara.post(f"/conversations/{chat.id}/tickets", **form) for form in forms)
    return chat, first["reference"], second["reference"]


def status(desk, reference, lang):
    response = desk.http.post(
        f"/api/v1/tickets/{reference}/status", json={"phone": FORM["phone"], "lang": lang}
    )
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize("lang", ["fa", "ar", "en"])
def test_the_shopper_of_a_merged_ticket_is_told_how_the_other_stands(desk, sara, two, lang):
    _, first, second = two
    assert [one["reference"] for one in sara.get(f"/tickets/{second}")["doubles"]] == [first]
    merged = sara.post(f"/tickets/{second}/merge", into=first)
    assert (merged["state"], merged["merged_into"], merged["doubles"]) == ("closed", first, [])
    sara.post(f"/tickets/{first}/reply", client_id="r", text="It comes tomorrow")
    told = status(desk, second, lang)
    assert (told["reference"], told["merged_into"], told["state"]) == (second, first, "new")
    assert first in told["state_text"]
    assert second in told["state_text"]
    assert [one["text"] for one in told["replies"]] == ["It comes tomorrow"]
    assert status(desk, first, lang)["merged_into"] is None


def test_a_merge_is_taken_back_and_what_is_no_double_is_refused(desk, sara, two):
    _, first, second = two
    merge = f"/tickets/{second}/merge"
    sara.post(merge, into=first)
    assert sara.refused("POST", merge, into=first) == (409, "illegal_transition")
    alone = sara.post(f"/tickets/{second}/split")
    assert (alone["state"], alone["merged_into"]) == ("new", None)
    assert [event["what"] for event in alone["history"]] == ["opened", "merged", "split"]
    assert sara.refused("POST", merge, into="JW-222-2222") == (409, "illegal_transition")
    assert status(desk, second, "en")["merged_into"] is None


def test_a_ticket_that_is_put_off_comes_back_in_time_and_the_stream_tells(desk, sara, two, clock):
    _, first, second = two
    until = clock() + timedelta(hours=2)
    asleep = sara.post(f"/tickets/{first}/snooze", until=until.isoformat())
    assert asleep["snoozed_until"] is not None
    assert [one["reference"] for one in sara.get("/tickets?snoozed=false")["tickets"]] == [second]
    assert [one["reference"] for one in sara.get("/tickets?snoozed=true")["tickets"]] == [first]
    with sara.events() as events:
        assert names(events, "queue")["counts"]["tickets"]["shoppers"] == 1
        clock.forward(timedelta(hours=2))
        while names(events, "queue")["counts"]["tickets"]["shoppers"] != 2:
            pass
    awake = sara.get(f"/tickets/{first}")
    assert awake["snoozed_until"] is None
    assert awake["history"][-1] | {"at": ""} == {
        "who": "system",
        "at": "",
        "what": "awoke",
        "data": {},
        "fate": None,
    }


def test_it_comes_back_at_once_when_the_shopper_writes_or_an_agent_wants_it(desk, sara, two, clock):
    chat, first, _ = two
    until = (clock() + timedelta(days=1)).isoformat()
    sara.post(f"/tickets/{first}/snooze", until=until)
    chat.send("any news?")
    eventually(lambda: sara.get(f"/tickets/{first}")["snoozed_until"] is None)
    sara.post(f"/tickets/{first}/snooze", until=until)
    assert sara.post(f"/tickets/{first}/snooze", until=None)["snoozed_until"] is None
    past = (clock() - timedelta(days=1)).isoformat()
    for never in (past, "9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00"):
        refused = sara.refused("POST", f"/tickets/{first}/snooze", until=never)
        assert refused == (409, "illegal_transition")
