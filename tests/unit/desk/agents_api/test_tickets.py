"""Tickets in agents' hands, over the API."""

import pytest

from ..colleague import called
from ..pictures import photo
from .forms import FORM


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
