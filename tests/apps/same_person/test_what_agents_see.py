"""Agents see the same shopper elsewhere, and may separate them."""

from ...unit.desk.colleague import hired
from .acts import YES, conversation, link, open_, press, share, told


def test_agents_see_the_same_shopper_elsewhere_and_may_separate_them(desk, at):
    site = desk.begin()
    reference = site.open_ticket().json()["reference"]
    telegram = at("digikala-telegram", 41)
    share(telegram)
    open_(telegram, link(site)[2])
    press(telegram, YES)
    agent, id = hired(desk), conversation(desk, telegram)
    seen = agent.get(f"/conversations/{id}")
    assert [ticket["reference"] for ticket in seen["tickets"]] == [reference]
    assert seen["person"]["phone"] == "+989121234567"
    (other,) = seen["person"]["conversations"]
    assert (other["id"], other["channel"], other["proof"]) == (site.id, "site", "made")
    assert [one["who"] for one in seen["person"]["history"]] == ["link", "digikala-telegram"]
    separated = agent.post(f"/conversations/{id}/separate")
    assert separated["apart"]
    assert separated["history"][0]["who"] == "سارا"
    assert agent.get(f"/conversations/{id}")["tickets"] == []
    assert agent.get(f"/conversations/{site.id}")["person"]["conversations"][0]["apart"]
    assert told(desk, telegram) == {id}
    assert not agent.post(f"/conversations/{id}/rejoin")["apart"]
    assert told(desk, telegram) == {id, site.id}


def test_a_conversation_that_nothing_has_joined_shows_nobody(desk):
    agent, site = hired(desk), desk.begin()
    assert agent.get(f"/conversations/{site.id}")["person"] is None
    assert agent.post(f"/conversations/{site.id}/separate") is None
