"""The three real processes, started as the supervisor starts them, but killed and started again by a test."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx

from jawab.settings import PROJECT, Settings
from jawab.supervisor import Service, services, stop_all

from ..e2e.conftest import RASA_TOKEN, free_port
from ..e2e.moved_clock import MovedClock
from ..unit.desk.running import UNLIMITED, eventually

# Rasa reads its model in 15 to 20 seconds, and in a minute beside other work.
START_SECONDS = 240
# Everybody comes from one address, and asks as fast as the machine lets them.
NO_FLOOD = {f"JAWAB_{name.upper()}": rate for name, rate in UNLIMITED.items()}


@dataclass
class Processes:
    """Desk, Rasa and action server, each in a process group of its own."""

    desk: Service
    rasa: Service
    actions: Service
    settings: Settings
    clock: MovedClock

    @property
    def url(self) -> str:
        """The desk's address."""
        return f"http://{self.settings.host}:{self.settings.port}"

    def start(self, *ones: Service) -> None:
        """Start these, or all, and wait until each answers."""
        chosen = ones or (self.rasa, self.actions, self.desk)
        for one in chosen:
            one.start(PROJECT)
        for one in chosen:
            wait_until_up(one)

    def stop(self) -> None:
        """End all, as the supervisor does."""
        stop_all((self.rasa, self.actions, self.desk))

    def missing(self) -> dict[str, str] | None:
        """What /readyz says is missing; None while the desk does not answer."""
        try:
            answer = httpx.get(f"{self.url}/readyz", timeout=10, trust_env=False)
        except httpx.HTTPError:
            return None
        found = answer.json()
        assert (answer.status_code == 200) is found["ready"] is (not found["missing"])
        return found["missing"]

    def wait_until_ready(self) -> None:
        """Wait until nothing is missing."""
        eventually(lambda: self.missing() == {}, within=START_SECONDS)


def processes(
    var: Path, clock: MovedClock, *, rasa_door: str | None = None, **settings: str
) -> Processes:
    """The three, on ports and in a folder of their own; the desk asks Rasa at `rasa_door` where one is given."""
    ports = {name: free_port() for name in ("desk", "rasa", "actions")}
    wanted = Settings(
        _env_file=None,
        var=var,
        port=ports["desk"],
        rasa_url=f"http://127.0.0.1:{ports['rasa']}",
        rasa_token=RASA_TOKEN,
        actions_url=f"http://127.0.0.1:{ports['actions']}",
    )
    rasa, actions, desk = services(wanted)
    for one in (rasa, actions, desk):
        one.environment |= {**clock.environment, **NO_FLOOD, **settings}
    if rasa_door is not None:
        desk.environment["JAWAB_RASA_URL"] = rasa_door
    return Processes(desk, rasa, actions, wanted, clock)


def wait_until_up(service: Service) -> None:
    """Wait until a process that was started answers; fail with the end of its log when it has ended by itself."""

    def up() -> bool:
        assert service.running(), service.tail(40)
        return service.ready()

    eventually(up, within=START_SECONDS)


def kill(service: Service) -> None:
    """`kill -9`, without a warning, of the process and its children."""
    service.send(signal.SIGKILL)
    assert service.process is not None
    assert service.process.wait(20) == -signal.SIGKILL, service.tail(40)


class Killer(threading.Thread):
    """Kills one process so many times, each time after a life drawn from the seed, and starts it again.

    A life is measured by how long the process took to start, so that a slow machine gets as much done in one as a
    quick one; one time in eight it ends in the middle of the start. Whatever goes wrong is raised by `finish`.
    """

    def __init__(self, service: Service, *, times: int, random: Random) -> None:
        super().__init__(name=f"killer of {service.name}", daemon=True)
        self.service = service
        self.killed = 0
        self._times = times
        self._random = random
        self._problem: BaseException | None = None

    def run(self) -> None:
        """Kill until the number is full; the process is up at the end."""
        try:
            took = 4.0
            while self.killed < self._times:
                if self._random.random() < 0.125:
                    time.sleep(self._random.uniform(0, took))
                else:
                    wait_until_up(self.service)
                    took = time.monotonic() - self.service.started
                    time.sleep(self._random.uniform(0.1, 1.5) * took)
                kill(self.service)
                self.killed += 1
                self.service.start(PROJECT)
            wait_until_up(self.service)
        except BaseException as problem:
            self._problem = problem

    def finish(self, within: float) -> int:
        """Wait for the end; how often it killed."""
        self.join(within)
        if self._problem is not None:
            raise self._problem
        assert not self.is_alive(), f"{self.name}: {self.killed} of {self._times} in {within} s"
        return self.killed
