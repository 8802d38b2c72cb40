"""The database locked by another process, or behind a line that is cut: nothing accepted is lost, and the desk says why."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from ..contract.conftest import postgres_url  # noqa: F401 a fixture
from ..e2e.conftest import free_port, rasa  # noqa: F401 a fixture
from ..e2e.test_the_desk_as_a_process import Process
from ..unit.desk.running import Chat, eventually
from .line import Line
from .processes import NO_FLOOD, START_SECONDS

AWAY_SECONDS = 20
SHOPPERS = 12


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process would write and does not come to an end."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def cut(line: Line) -> Iterator[None]:
    """Nobody reaches the server."""
    line.cut()
    yield
    line.mend()


@pytest.fixture(params=["SQLite locked", "PostgreSQL cut off"])
def away(request, tmp_path):
    """The address of a database, and what takes it away."""
    if request.param == "SQLite locked":
        yield f"sqlite:///{tmp_path}/desk.db", lambda: locked(tmp_path / "desk.db")
        return
    server = make_url(request.getfixturevalue("postgres_url"))
    with Line(server.host, server.port) as line:
        yield server.set(port=line.port).render_as_string(), lambda: cut(line)


def test_a_database_that_is_away_for_a_while_costs_patience_and_nothing_else(
    away,
    rasa,  # noqa: F811 the fixture
    tmp_path,
    tally,
):
    url, taken_away = away
    environment = {
        "JAWAB_VAR": str(tmp_path / "var"),
        "JAWAB_DATABASE_URL": url,
        "JAWAB_PORT": str(free_port()),
        "JAWAB_RASA_URL": rasa.url,
        "JAWAB_ACTIONS_URL": rasa.url,
        "JAWAB_RASA_TOKEN": "inside",
        **NO_FLOOD,
    }
    desk = Process(environment, tmp_path / "desk.log")
    try:
        desk.start(within=START_SECONDS)
        chats = [
            Chat(desk, desk.http.post("/api/v1/conversations", json={"shop": "souq"}).json())
            for _ in range(SHOPPERS)
        ]
        accepted = {chat.id: [] for chat in chats}
        refused = []
        over = threading.Event()

        def write(chat: Chat) -> None:
            number = 0
            while not over.is_set():
                number += 1
                text = f"سؤال {number}"
                while (answer := chat.send(text, client_id=str(number))).status_code != 202:
                    refused.append(answer)
                    over.wait(0.2)
                accepted[chat.id].append(text)
                over.wait(0.5)

        shoppers = [threading.Thread(target=write, args=(chat,)) for chat in chats]
        for shopper in shoppers:
            shopper.start()
        eventually(lambda: all(accepted.values()))
        missing = set()
        with taken_away():
            end = time.monotonic() + AWAY_SECONDS
            while time.monotonic() < end:
                assert desk.http.get("/healthz").status_code == 200
                found = desk.http.get("/readyz")
                if found.status_code == 503:
                    missing |= set(found.json()["missing"])
        assert missing == {"database"}
        eventually(lambda: desk.http.get("/readyz").status_code == 200, within=60)
        before = {id: len(texts) for id, texts in accepted.items()}
        eventually(lambda: all(len(accepted[id]) > n for id, n in before.items()), within=60)
        over.set()
        for shopper in shoppers:
            shopper.join(60)
        assert refused
        for answer in refused:
            assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
            assert int(answer.headers["retry-after"]) > 0
        for chat in chats:
            assert chat.said("shopper") == accepted[chat.id]
            wanted = [f"پاسخ: {text}" for text in accepted[chat.id]]
            eventually(lambda chat=chat, wanted=wanted: chat.said("bot")[1:] == wanted, within=60)
        messages = sum(map(len, accepted.values()))
        tally(
            f"database away for {AWAY_SECONDS} s: {messages} messages accepted, {len(refused)} refused and sent"
            " again, 0 lost, 0 doubled"
        )
    finally:
        desk.end(9)
