"""Webhooks to a real receiver on loopback: signed, in the one form, tried until they have arrived."""

import hashlib
import hmac
import json
import re
import threading
from datetime import datetime, timedelta, timezone

import pytest

from jawab.desk.webhooks import signature
from jawab.settings import PROJECT
from jawab.support.deliveries import notices
from jawab.support.deliveries.delivery import DeliveryState
from jawab.support.deliveries.store import DeliveryStore
from jawab.support.tickets.ticket import TicketState, agent

from .outside import Receiver
from .running import Running, eventually

SECRET = "s3cr3t-of-the-webhooks"
QUICK = {
    "webhook_secret": SECRET,
    "delivery_poll": timedelta(milliseconds=20),
    "delivery_first_delay": timedelta(milliseconds=20),
    "delivery_longest_delay": timedelta(milliseconds=40),
}
NOW = datetime(2026, 11, 26, 9, tzinfo=timezone.utc)


@pytest.fixture
def receiver():
    receiver = Receiver()
    with Running(receiver.app) as server:
        receiver.url = f"{server.url}/hook"
        yield receiver


@pytest.fixture
def desk(start_desk, receiver):
    return start_desk(webhook_url=receiver.url, clock=lambda: NOW, **QUICK)


def state(desk, subject):
    return [d.state for d in DeliveryStore(desk.services.database).of(subject)]


def test_what_happens_is_told_and_signed(desk, receiver):
    chat = desk.begin("souq")
    reference = chat.open_ticket(email="sara@example.com").json()["reference"]
    desk.services.tickets.move(reference, TicketState.OPEN, who=agent("3"), at=NOW)
    eventually(lambda: len(receiver.got) == 3)
    by_event = {r["headers"]["jawab-event"]: r for r in receiver.got}
    assert set(by_event) == {"conversation.opened", "ticket.opened", "ticket.state_changed"}
    for request in receiver.got:
        stamp, _, given = request["headers"]["jawab-signature"].partition(",v1=")
        assert stamp == f"t={int(NOW.timestamp())}"
        signed = f"{stamp[2:]}.".encode() + request["body"]
        assert hmac.compare_digest(
            given, hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        )
        assert request["headers"]["content-type"] == "application/json; charset=utf-8"
        told = json.loads(request["body"])
        assert told["id"] == request["headers"]["jawab-delivery"]
        assert told["event"] == request["headers"]["jawab-event"]
        assert told["at"] == "2026-11-26T09:00:00.000Z"
    opened = json.loads(by_event["ticket.opened"]["body"])["ticket"]
    assert (opened["reference"], opened["conversation"]) == (reference, chat.id)
    assert (opened["name"], opened["phone"]) == ("سارا احمدی", "+989121234567")
    moved = json.loads(by_event["ticket.state_changed"]["body"])["ticket"]
    assert (moved["from"], moved["state"], moved["who"]) == ("new", "open", "agent:3")
    assert "phone" not in moved


def test_a_failure_is_tried_again_with_the_same_body(start_desk, receiver):
    desk = start_desk(webhook_url=receiver.url, **QUICK)
    receiver.then(500, 404, 429)
    chat = desk.begin()
    eventually(lambda: state(desk, chat.id) == [DeliveryState.SENT])
    assert len(receiver.got) == 4
    assert len({request["body"] for request in receiver.got}) == 1
    assert len({request["headers"]["jawab-delivery"] for request in receiver.got}) == 1


def test_a_redirect_is_not_followed(start_desk, receiver):
    desk = start_desk(webhook_url=receiver.url, delivery_attempts=2, **QUICK)
    receiver.then(302, 307)
    chat = desk.begin()
    eventually(lambda: state(desk, chat.id) == [DeliveryState.FAILED])
    assert receiver.stray == []


def test_a_receiver_that_is_gone_is_told_no_more(start_desk, receiver):
    desk = start_desk(webhook_url=receiver.url, **QUICK)
    receiver.then(410)
    chat = desk.begin()
    eventually(lambda: state(desk, chat.id) == [DeliveryState.FAILED])
    assert len(receiver.got) == 1


def test_one_that_hangs_holds_up_no_others(start_desk, receiver):
    desk = start_desk(webhook_url=receiver.url, **QUICK)
    held = threading.Event()
    receiver.then(held)
    first = desk.begin()
    eventually(lambda: receiver.got)
    assert state(desk, first.id) == [DeliveryState.WAITING]
    assert desk.begin().ask("سلام")
    held.set()
    eventually(lambda: state(desk, first.id) == [DeliveryState.SENT])


def test_nothing_is_told_twice_on_a_normal_run(start_desk, receiver):
    desk = start_desk(webhook_url=receiver.url, **QUICK)
    chats = [desk.begin() for _ in range(12)]
    eventually(lambda: all(state(desk, c.id) == [DeliveryState.SENT] for c in chats))
    ids = [request["headers"]["jawab-delivery"] for request in receiver.got]
    assert len(ids) == len(set(ids)) == 12


def test_the_documented_check_passes_what_is_genuine_and_nothing_else():
    text = (PROJECT / "docs/webhooks.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.S)
    scope = {}
    exec(code, scope)
    genuine, body, now = scope["genuine"], "{«سلام»}".encode(), 1_795_683_600
    header = signature(SECRET.encode(), now, body)
    assert genuine(SECRET, header, body, now + 200)
    assert not genuine(SECRET, header, body, now + 301)
    assert not genuine(SECRET, header, body + b" ", now)
    assert not genuine("another secret", header, body, now)
    assert not genuine(SECRET, header.replace(str(now), str(now + 1)), body, now)
    for broken in ("", "t=,v1=", "v1=x", "t=x,v1=y", ",=,"):
        assert not genuine(SECRET, broken, body, now)


def test_the_documentation_names_every_event():
    text = (PROJECT / "docs/webhooks.md").read_text(encoding="utf-8")
    conversation = [v for k, v in vars(notices).items() if k.startswith("CONVERSATION_")]
    for event in (*notices.TICKET_EVENTS.values(), *conversation):
        assert f"| `{event}` |" in text
