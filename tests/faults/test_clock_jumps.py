"""The clock of a running desk is put forward and back: conversations stay open, each message is answered once, everything goes out."""

from __future__ import annotations

import signal
import threading
from datetime import timedelta

import pytest

from ..e2e.conftest import free_port, rasa  # noqa: F401 a fixture
from ..e2e.test_the_desk_as_a_process import Process
from ..unit.desk.running import Chat, eventually
from .processes import NO_FLOOD, START_SECONDS

JUMPS = {
    "a day ahead and back": (timedelta(days=1), timedelta(days=-1)),
    "two hours back": (timedelta(hours=-2),),
    "to and fro by seconds": (timedelta(seconds=40), timedelta(seconds=-80), timedelta(seconds=40)),
    "ten days ahead": (timedelta(days=10),),
}


@pytest.fixture
def desk(tmp_path, clock, rasa, outside):  # noqa: F811 the fixture
    settings = {
        **clock.environment,
        "JAWAB_VAR": str(tmp_path / "var"),
        "JAWAB_PORT": str(free_port()),
        "JAWAB_RASA_URL": rasa.url,
        "JAWAB_ACTIONS_URL": rasa.url,
        "JAWAB_RASA_TOKEN": "inside",
        **NO_FLOOD,
        **outside.settings,
    }
    process = Process(settings, tmp_path / "desk.log")
    try:
        process.start(within=START_SECONDS)
        yield process
    finally:
        process.end(signal.SIGKILL)


def begin(desk) -> Chat:
    return Chat(desk, desk.http.post("/api/v1/conversations", json={"shop": "souq"}).json())


def test_a_clock_that_jumps_loses_nothing_and_stops_nothing(desk, clock, rasa, outside, tally):  # noqa: F811
    chats, said = [begin(desk)], 0
    for name, jumps in JUMPS.items():
        for number, jump in enumerate(jumps):
            gate = threading.Event()
            rasa.then(gate, "fail")
            text = f"{name} {number}"
            assert chats[0].send(text).status_code == 202
            eventually(lambda: rasa.at_once == 1, within=60)
            clock.forward(jump)  # in the middle of an answer, and before one that fails at first
            gate.set()
            chats.append(begin(desk))
            opened = chats[-1].open_ticket(email="sara@example.com")
            assert opened.status_code == 201, opened.text
            assert chats[-1].ask(f"{text}?")[0]["text"] == f"پاسخ: {text}?"
            said += 2
    for chat in chats:  # those begun while the clock was ahead are open still
        asked = chat.said("shopper")
        eventually(
            lambda chat=chat, asked=asked: (
                [t for t in chat.said("bot") if t.startswith("پاسخ")]
                == [f"پاسخ: {text}" for text in asked]
            ),
            within=60,
        )
    tickets = len(chats) - 1
    eventually(lambda: len(outside.mail.box.mails) >= tickets, within=120)
    eventually(
        lambda: outside.receiver.events().count("conversation.opened") >= len(chats), within=120
    )
    tally(f"{sum(map(len, JUMPS.values()))} jumps of the clock, {said} messages, 0 lost, 0 doubled")
