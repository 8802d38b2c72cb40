"""What breaks things: `make test-faults`. The seed of all that is drawn is printed; JAWAB_FAULTS_SEED=… draws the same again."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest

from ..e2e.moved_clock import MovedClock
from ..unit.desk.outside import MailServer, Receiver
from ..unit.desk.running import Running

SEED = int(os.environ.get("JAWAB_FAULTS_SEED") or secrets.randbelow(1_000_000))
# A Tuesday, in both shops' hours.
WORKING_TIME = "2026-11-24T11:00+03:30"
TALLY = pytest.StashKey[list[str]]()


def pytest_report_header() -> str:
    """Say how to draw the same faults again."""
    return f"faults: JAWAB_FAULTS_SEED={SEED}"


def pytest_terminal_summary(terminalreporter, config) -> None:
    """Print what was broken and what came of it."""
    for line in config.stash.get(TALLY, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def _few_words() -> None:
    """Let the records of thousands of requests not be what the tests spend their time on."""
    for name in ("httpx", "httpcore", "mail.log", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)


@pytest.fixture
def tally(request):
    """Note a line for the summary."""
    return request.config.stash.setdefault(TALLY, []).append


@pytest.fixture
def draw(request):
    """Chance by the seed, one for each name: `draw("killer of Rasa")`."""
    return lambda name: Random(f"{SEED} {request.node.name} {name}")


@dataclass(frozen=True)
class Outside:
    """Who is told of things: the shop's own system and the shoppers' mail server."""

    receiver: Receiver
    mail: MailServer
    url: str

    @property
    def settings(self) -> dict[str, str]:
        """What lets a desk tell them, without long pauses."""
        return {
            "JAWAB_WEBHOOK_URL": self.url,
            "JAWAB_WEBHOOK_SECRET": "s3cr3t-of-the-webhooks",
            "JAWAB_SMTP_URL": self.mail.url,
            "JAWAB_MAIL_FROM": "notices@digikala.example",
            "JAWAB_DELIVERY_POLL": "0.2",
            "JAWAB_DELIVERY_FIRST_DELAY": "0.5",
            "JAWAB_DELIVERY_LONGEST_DELAY": "2",
        }


@pytest.fixture
def outside() -> Iterator[Outside]:
    """A receiver of webhooks and a mail server."""
    receiver = Receiver()
    with MailServer() as mail, Running(receiver.app) as server:
        yield Outside(receiver, mail, f"{server.url}/hook")


@pytest.fixture
def clock(tmp_path_factory) -> MovedClock:
    """The clock of all processes, in both shops' working hours."""
    clock = MovedClock(tmp_path_factory.mktemp("clock") / "offset")
    clock.check()
    clock.to(WORKING_TIME)
    return clock
