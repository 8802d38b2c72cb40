"""A live hand-over through the three real processes, by a clock that is moved: a shopper, and two agents at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import httpx
import psutil
import pytest

from ..unit.desk.colleague import PASSWORD, Colleague
from ..unit.desk.running import Chat, eventually
from .conftest import ROOT

MINUTE = timedelta(minutes=1)
WORKING_TIME = "2026-11-24T11:00+03:30"  # a Tuesday, in both shops' hours
NIGHT = "2026-11-24T03:00+03:30"
NOWRUZ = "2027-03-22T12:00+03:30"
WISH = {"digikala": "می‌خوام با یه آدم حرف بزنم", "souq": "أريد التحدث مع موظف"}
RETURNS = "چطوری کالا رو مرجوع کنم؟"
PATIENCE = 60


class Desk:
    """The running system's desk, for the clients of the desk's own tests."""

    def __init__(self, system):
        self.url = system.desk
        self.http = httpx.Client(base_url=system.desk, timeout=PATIENCE, trust_env=False)

    def begin(self, shop, **more):
        response = self.http.post("/api/v1/conversations", json={"shop": shop, **more})
        assert response.status_code == 201, response.text
        return Chat(self, response.json())


@pytest.fixture(scope="module")
def hired(system):
    """Two agents, made as an owner makes them."""
    for login, name in (("sara", "سارا"), ("ali", "علی")):
        made = subprocess.run(
            [
                sys.executable,
                "-m",
                "jawab.cli",
                "agent",
                "add",
                login,
                "--name",
                name,
                "--password-stdin",
            ],
            cwd=ROOT,
            env={**os.environ, "JAWAB_VAR": str(system.var)},
            input=f"{PASSWORD}\n",
            text=True,
            capture_output=True,
            timeout=120,
        )
        assert made.returncode == 0, made.stderr


@pytest.fixture
def desk(system, hired, clock):
    clock.to(WORKING_TIME)
    return Desk(system)


@pytest.fixture
def come(desk):
    """An agent signs in, and is there: `come("sara")`."""
    here = []

    def sign_in(login):
        body = {"login": login, "password": PASSWORD}
        response = desk.http.post("/api/v1/agent/session", json=body)
        assert response.status_code == 201, response.text
        agent = Colleague(desk, response.json()["agent"]["id"], response.json()["token"])
        here.append(agent)
        return agent.online()

    yield sign_in
    for agent in here:
        for one in agent.get("/queues")["mine"]:
            agent.post(f"/conversations/{one['conversation_id']}/close")
        agent.call("PUT", "/presence", presence="away")


def owner(chat):
    with chat.events() as events:
        return next(data for event, data, _ in events if event == "owner")


@contextmanager
def following(stream):
    """What a stream tells from now on: `heard(kind, check)` waits for it."""
    with stream as events:

        def heard(kind, check=lambda data: True):
            return next(data for event, data, _ in events if event == kind and check(data))

        yield heard


def test_a_shopper_and_two_agents_at_once(desk, come):
    sara, ali = come("sara"), come("ali")
    chat = desk.begin("digikala")
    calling, place = chat.ask(WISH["digikala"])[-2:]
    assert calling["author"] == place["author"] == "bot"
    assert "صف ۱" in place["text"]
    assert owner(chat)["place"] == 1
    chat.send("سفارشم ۱۲۳۴۵۶۷۸ نرسیده")

    def claim(agent):
        path = f"/api/v1/agent/conversations/{chat.id}/claim"
        return agent, desk.http.post(path, headers=agent.headers)

    with ThreadPoolExecutor(2) as pool:
        tries = list(pool.map(claim, (sara, ali)))
    assert sorted(answer.status_code for _, answer in tries) == [200, 409]
    winner = next(agent for agent, answer in tries if answer.status_code == 200)
    loser = next(agent for agent, answer in tries if answer.status_code == 409)
    winner.online()
    view = winner.get(f"/conversations/{chat.id}")
    winner.online()
    wish, order = [m for m in view["messages"] if m["author"] == "shopper"]
    assert wish["understanding"]["intent"] == "talk_to_human"
    assert wish["understanding"]["confidence"] > 0.5
    assert ("order_number", "12345678") in [
        (entity["kind"], entity["value"]) for entity in order["understanding"]["entities"]
    ]
    with following(chat.events()) as shopper_hears, following(winner.events()) as agent_hears:
        winner.post(f"/conversations/{chat.id}/typing")
        shopper_hears("typing", lambda data: data == {"author": "agent", "on": True})
        winner.say(chat, "سلام، الان نگاه می‌کنم")
        shopper_hears("message", lambda data: data["author"] == "agent")
        chat.send("ممنون")
        agent_hears("message", lambda data: data["message"]["text"] == "ممنون")
        loser.online()  # a slow machine may have taken longer than presence lasts
        winner.post(f"/conversations/{chat.id}/transfer", agent=loser.id)
        shopper_hears("owner", lambda data: data.get("state") == "active")
    assert loser.get(f"/conversations/{chat.id}")["handover"]["agent_id"] == loser.id
    loser.say(chat, "پیگیری کردم، فردا می‌رسد")
    loser.post(f"/conversations/{chat.id}/return")
    assert owner(chat) == {"owner": "bot"}
    assert chat.ask(RETURNS)[0]["author"] == "bot"
    assert chat.said("agent") == ["سلام، الان نگاه می‌کنم", "پیگیری کردم، فردا می‌رسد"]


@pytest.mark.parametrize("moment", [NIGHT, NOWRUZ], ids=["at night", "on a closing day"])
def test_when_the_chat_is_closed_nobody_is_called_whoever_is_there(desk, clock, come, moment):
    clock.to(moment)
    sara = come("sara")
    chat = desk.begin("digikala")
    replies = chat.ask(WISH["digikala"])
    assert replies
    assert owner(chat) == {"owner": "bot"}
    assert sara.get("/queues")["waiting"] == []


def test_with_nobody_there_nobody_is_called(desk):
    chat = desk.begin("digikala")
    assert chat.ask(WISH["digikala"])
    assert owner(chat) == {"owner": "bot"}


def test_an_agent_who_falls_silent_is_noticed_and_the_shopper_told(desk, clock, come):
    sara, ali = come("sara"), come("ali")
    chat = desk.begin("souq")
    chat.ask(WISH["souq"])
    sara.claim(chat)
    sara.say(chat, "أهلًا")
    chat.send("أين طلبي؟")
    clock.forward(6 * MINUTE)
    eventually(lambda: any("انقطع" in text for text in chat.said("bot")), within=PATIENCE)
    assert owner(chat)["place"] == 1
    ali.online()
    ali.claim(chat)
    assert [m["text"] for m in ali.get(f"/conversations/{chat.id}")["messages"]].count("أهلًا") == 1
    ali.say(chat, "معك علي")


def test_the_bot_stays_silent_over_an_expiry_of_rasas_session(desk, system, clock, come):
    sara = come("sara")
    chat = desk.begin("digikala")
    chat.ask(WISH["digikala"])
    sara.claim(chat)
    sara.say(chat, "سلام")

    def sessions():
        tracker = httpx.get(
            f"{system.rasa}/conversations/{chat.id}/tracker",
            params={"include_events": "ALL", "token": "known-to-the-tests"},
            timeout=PATIENCE,
        ).json()
        return sum(event["event"] == "session_started" for event in tracker["events"])

    before = sessions()
    clock.forward(61 * MINUTE)
    sara.online()
    assert chat.ask(RETURNS) == []
    assert chat.ask("سلام") == []
    assert sessions() == before
    assert owner(chat)["owner"] == "human"
    current = sara.get(f"/conversations/{chat.id}")["handover"]
    if current["state"] == "waiting":  # an hour without a sign of life was noticed
        sara.claim(chat)
    sara.post(f"/conversations/{chat.id}/return")
    assert chat.ask(RETURNS)[0]["author"] == "bot"
    assert sessions() == before + 1
    assert [m["text"] for m in chat.messages() if m["author"] == "shopper"] == [
        WISH["digikala"],
        RETURNS,
        "سلام",
        RETURNS,
    ]


def test_a_desk_that_is_killed_while_somebody_waits_goes_on_where_it_was(desk, system, clock, come):
    come("sara")
    chat = desk.begin("souq")
    chat.ask(WISH["souq"])
    assert owner(chat)["state"] == "waiting"
    old = the_desks_process(system)
    os.kill(old.pid, signal.SIGKILL)
    eventually(lambda: serves_again(system, old), within=PATIENCE)
    assert owner(chat)["place"] == 1
    clock.forward(2 * MINUTE)
    eventually(lambda: any("لم يتفرغ" in text for text in chat.said("bot")), within=PATIENCE)
    stop = next(
        button["id"]
        for message in reversed(chat.messages())
        for button in message["buttons"]
        if button["title"] == "لا أريد الانتظار"
    )
    chat.ask(button=stop)
    assert owner(chat) == {"owner": "bot"}


def the_desks_process(system):
    (found,) = (
        child
        for child in psutil.Process(system.process.pid).children(recursive=True)
        if "jawab.desk.main" in child.cmdline()
    )
    return found


def serves_again(system, old):
    try:
        alive = httpx.get(f"{system.desk}/healthz", timeout=5).status_code == 200
        return alive and the_desks_process(system).pid != old.pid
    except (httpx.HTTPError, psutil.Error, ValueError):
        return False
