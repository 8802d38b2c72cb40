"""The whole system for the tests: `jawab run` on ports and in a var folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from ..unit.desk.colleague import PASSWORD
from ..unit.desk.fake_rasa import FakeRasa
from ..unit.desk.outside import MailServer
from ..unit.desk.running import UNLIMITED, Running
from .moved_clock import MovedClock

ROOT = Path(__file__).resolve().parents[2]
RASA_TOKEN = "known-to-the-tests"


@dataclass(frozen=True)
class System:
    """A running system: its addresses, its folder and its supervisor."""

    desk: str
    rasa: str
    actions: str
    var: Path
    process: subprocess.Popen[bytes]
    clock: MovedClock

    def converse(self, shop: str, lang: str | None = None) -> Conversation:
        """Open a conversation over the public API."""
        body = {"shop": shop} | ({"lang": lang} if lang else {})
        opened = httpx.post(f"{self.desk}/api/v1/conversations", json=body, timeout=10)
        assert opened.status_code == 201, opened.text
        return Conversation(self, **{k: opened.json()[k] for k in ("id", "token", "greeting")})


@dataclass
class Conversation:
    """A shopper's side of the API."""

    system: System
    id: str
    token: str
    greeting: list[dict]
    sent: int = 0

    @property
    def url(self) -> str:
        return f"{self.system.desk}/api/v1/conversations/{self.id}/messages"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def say(self, text: str | None = None, *, button: str | None = None) -> list[dict]:
        """Send one message and return the replies."""
        self.sent += 1
        body = {"client_id": f"c{self.sent}"} | ({"text": text} if text else {"button": button})
        answer = httpx.post(
            self.url, params={"wait": "true"}, json=body, headers=self.headers, timeout=60
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["replies"]

    def transcript(self) -> list[dict]:
        """Return every message so far."""
        found = httpx.get(self.url, headers=self.headers, timeout=10).json()
        return found if isinstance(found, list) else found["messages"]

    def tracker(self) -> dict:
        """Return Rasa's own memory of this conversation, all its events."""
        tracker = httpx.get(
            f"{self.system.rasa}/conversations/{self.id}/tracker",
            params={"include_events": "ALL", "token": RASA_TOKEN},
            timeout=10,
        )
        assert tracker.status_code == 200, tracker.text
        return tracker.json()

    def sessions(self) -> int:
        """Return how many sessions Rasa has begun in this conversation."""
        return sum(e["event"] == "session_started" for e in self.tracker()["events"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Start everything once; the model is trained when it is not up to date.

    All three processes read a clock that a test may move: ask for the fixture `clock`.
    """
    var = tmp_path_factory.mktemp("var")
    clock = MovedClock(tmp_path_factory.mktemp("clock") / "offset")
    with running_system(var, clock) as running:
        yield running


@contextmanager
def running_system(var: Path, clock: MovedClock, **settings: str) -> Iterator[System]:
    """Everything, on ports and in a folder of its own, with these `JAWAB_…` settings more."""
    desk, rasa, actions = free_port(), free_port(), free_port()
    environment = {
        **os.environ,
        **clock.environment,
        **{f"JAWAB_{name.upper()}": rate for name, rate in UNLIMITED.items()},
        "JAWAB_VAR": str(var),
        "JAWAB_PORT": str(desk),
        "JAWAB_RASA_URL": f"http://127.0.0.1:{rasa}",
        "JAWAB_RASA_TOKEN": RASA_TOKEN,
        "JAWAB_ACTIONS_URL": f"http://127.0.0.1:{actions}",
        **settings,
    }
    output = (var / "run.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "jawab.cli", "run"],
        cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
    )  # fmt: skip
    running = System(
        desk=f"http://127.0.0.1:{desk}",
        rasa=f"http://127.0.0.1:{rasa}",
        actions=f"http://127.0.0.1:{actions}",
        var=var,
        process=process,
        clock=clock,
    )
    try:
        wait_until_ready(running)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def wait_until_ready(running: System, seconds: float = 400) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if running.process.poll() is not None:
            pytest.fail((running.var / "run.log").read_text("utf-8", "replace")[-3000:])
        try:
            if httpx.get(f"{running.desk}/readyz", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    pytest.fail("the system did not become ready\n" + (running.var / "run.log").read_text("utf-8"))


@pytest.fixture
def clock(system: System) -> Iterator[MovedClock]:
    """Move the whole system's clock: `clock.to("2027-03-22T12:00+03:30")`; afterwards it is right again."""
    system.clock.check()
    yield system.clock
    system.clock.reset()


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    """A Rasa on loopback that behaves as told, for tests of the desk's process alone."""
    fake = FakeRasa()
    with Running(fake.app) as server:
        fake.url = server.url
        yield fake
        fake.reset()


def hire_sara(system: System) -> None:
    """Make the first agent, who owns the desk, as an owner does: by the command line."""
    command = [sys.executable, "-m", "jawab.cli", "agent", "add", "sara", "--name", "سارا"]
    subprocess.run(
        [*command, "--role", "owner", "--password-stdin"],
        cwd=ROOT,
        env={**os.environ, "JAWAB_VAR": str(system.var)},
        input=PASSWORD.encode(),
        check=True,
    )


@pytest.fixture(scope="module")
def out() -> Iterator[MailServer]:
    """Where mails of the system go."""
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def door() -> int:
    """The port at which mails come to the system."""
    return free_port()
