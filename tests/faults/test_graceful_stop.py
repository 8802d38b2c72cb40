"""A desk that is asked to end finishes what is in flight: answers on their way are stored, deliveries are noted, nothing waits for a lease."""

from __future__ import annotations

import signal
import sqlite3
import threading
from contextlib import closing

import httpx

from ..e2e.conftest import free_port, rasa  # noqa: F401 a fixture
from ..e2e.test_the_desk_as_a_process import Process
from ..unit.desk.running import Chat, eventually
from .processes import NO_FLOOD, START_SECONDS

SHOPPERS = 10


def test_what_is_in_flight_is_finished_before_the_end(tmp_path, rasa, outside, tally):  # noqa: F811
    settings = {
        "JAWAB_VAR": str(tmp_path / "var"),
        "JAWAB_PORT": str(free_port()),
        "JAWAB_RASA_URL": rasa.url,
        "JAWAB_ACTIONS_URL": rasa.url,
        "JAWAB_RASA_TOKEN": "inside",
        "JAWAB_RASA_TIMEOUT": "60",
        "JAWAB_SHUTDOWN_GRACE": "60",
        **NO_FLOOD,
        **outside.settings,
    }
    desk = Process(settings, tmp_path / "desk.log")
    try:
        desk.start(within=START_SECONDS)
        chats = [
            Chat(desk, desk.http.post("/api/v1/conversations", json={"shop": "souq"}).json())
            for _ in range(SHOPPERS)
        ]
        eventually(lambda: len(outside.receiver.got) == SHOPPERS, within=60)
        answer, arrive = threading.Event(), threading.Event()
        rasa.then(*[answer] * SHOPPERS)
        outside.receiver.then(arrive)
        for number, chat in enumerate(chats):
            assert chat.send(f"سؤال {number}").status_code == 202
        eventually(lambda: rasa.at_once == SHOPPERS, within=60)
        reference = chats[0].open_ticket().json()["reference"]
        eventually(lambda: len(outside.receiver.got) == SHOPPERS + 1, within=60)
        desk._process.send_signal(signal.SIGTERM)
        eventually(lambda: refused(desk), within=60)
        answer.set()
        arrive.set()
        assert desk._process.wait(120) in (0, -signal.SIGTERM)
    finally:
        if desk._process.poll() is None:
            desk.end(signal.SIGKILL)
    with closing(sqlite3.connect(tmp_path / "var" / "jawab.db")) as database:
        turns = database.execute("SELECT state, count(*) FROM turns GROUP BY state").fetchall()
        assert turns == [("answered", SHOPPERS)]
        told = database.execute(
            "SELECT state FROM deliveries WHERE subject = ? AND carrier = 'webhook'", (reference,)
        )
        assert told.fetchall() == [("sent",)]
    assert len(rasa.asked) == SHOPPERS
    tally(f"asked to end: {SHOPPERS} answers and a webhook in flight were finished first")


def refused(desk) -> bool:
    """Whether the desk takes nothing new any more."""
    try:
        desk.http.get("/healthz")
    except httpx.ConnectError:
        return True
    except httpx.HTTPError:  # a connection that was open is being closed
        return False
    return False
