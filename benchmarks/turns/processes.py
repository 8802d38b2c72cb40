"""The processes of the systems: started alone, waited for, their memory and their processors' time read."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from pydantic import SecretStr

from benchmarks.turns.models import QUIET
from jawab.settings import PROJECT, Settings
from jawab.supervisor import Service, kept_bytecode, services, start_all, stop_all

LOCAL = "127.0.0.1"
# Stock Rasa may take long on a busy machine.
PATIENCE = 1200.0
RASA, ACTIONS, DESK = "rasa", "actions", "desk"
TOKEN = "of-the-benchmark"  # noqa: S105 a server on loopback that lives some minutes

# One address speaks for all shoppers here; their requests are counted as ever, and never too many.
_NO_FLOOD = {
    f"JAWAB_{name}": "1000000/second"
    for name in (
        "REQUESTS_PER_ADDRESS",
        "CONVERSATIONS_PER_ADDRESS",
        "REQUESTS_PER_CONVERSATION",
        "MESSAGES_PER_SHOP",
    )
}


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        return int(probe.getsockname()[1])


@dataclass
class Group:
    """Processes that start together. ``ready`` holds the seconds each needed, start by start."""

    name: str
    folder: Path
    members: Sequence[Service]
    ready: dict[str, list[float]] = field(default_factory=dict)

    def start(self) -> None:
        """Start all and wait until they answer."""

        def note(service: Service, seconds: float) -> None:
            self.ready.setdefault(service.name, []).append(round(seconds, 1))

        start_all(
            self.members,
            self.folder,
            stopping=lambda: False,
            progress=note,
            patience=PATIENCE,
        )

    def stop(self) -> None:
        """End all."""
        stop_all(self.members)

    def member(self, name: str) -> Service:
        """Return the process of this name."""
        return next(service for service in self.members if service.name == name)

    def url(self, name: str) -> str:
        """Return the address of one of them, without a path."""
        return "/".join(self.member(name).ready_url.split("/", 3)[:3])


def jawab(var: Path) -> Group:
    """Jawab's three processes as `jawab run` starts them, with a var folder of their own."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        var=var,
        port=free_port(),
        rasa_url=f"http://{LOCAL}:{free_port()}",
        actions_url=f"http://{LOCAL}:{free_port()}",
        rasa_token=SecretStr(TOKEN),
        log_format="json",
    )
    members = services(settings)
    for service in members:
        service.environment |= _NO_FLOOD
    return Group("jawab", PROJECT, members)


def stock(name: str, project: Path, logs: Path) -> Group:
    """A stock project's Rasa server, and its action server when it has actions, started as Rasa's documentation says."""
    rasa, actions = free_port(), free_port()
    acting = (project / "actions.py").is_file()
    endpoints = logs / f"{name}-endpoints.yml"
    endpoints.write_text(
        f"action_endpoint:\n  url: http://{LOCAL}:{actions}/webhook\n" if acting else "", "utf-8"
    )
    environment = {**QUIET, "SANIC_HOST": LOCAL, **kept_bytecode(PROJECT)}
    members = [
        Service(
            RASA,
            [sys.executable, "-m", "rasa", "run", "--port", str(rasa), "--interface", LOCAL,
             "--model", "model.tar.gz", "--endpoints", str(endpoints), "--credentials",
             "credentials.yml", "--enable-api"],
            f"http://{LOCAL}:{rasa}/",
            logs / f"{name}-rasa.log",
            environment,
        )
    ]  # fmt: skip
    if acting:
        members.append(
            Service(
                ACTIONS,
                [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions)],
                f"http://{LOCAL}:{actions}/health",
                logs / f"{name}-actions.log",
                environment,
            )
        )
    return Group(name, project, members)


def resident(members: Sequence[Service]) -> dict[str, float]:
    """Return each process's resident memory in megabytes, its children's with it."""
    return {
        service.name: round(sum(each.memory_info().rss for each in _family(service)) / 1e6, 1)
        for service in members
    }


def processor_seconds(members: Sequence[Service]) -> dict[str, float]:
    """Return the processors' time each process has used so far, its children's with it."""
    used = {}
    for service in members:
        times = [each.cpu_times() for each in _family(service)]
        used[service.name] = sum(time.user + time.system for time in times)
    return used


def busy_seconds() -> float:
    """Return the processors' time that anybody has used on this machine so far."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq + times.steal)


def spent(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Return what each process used between two readings."""
    return {name: after[name] - before[name] for name in before}


def _family(service: Service) -> list[psutil.Process]:
    assert service.process is not None
    head = psutil.Process(service.process.pid)
    return [head, *head.children(recursive=True)]
