"""Runs the three processes of one machine under one parent: starts, waits until ready, restarts, stops.

Rasa and the action server listen on loopback; only the desk is meant to be reached from outside.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from jawab.settings import Settings

# A process that fails again within this time after its start waits longer before the next one.
STEADY_SECONDS = 60.0
LONGEST_PAUSE = 30.0
STOP_SECONDS = 15.0
START_SECONDS = 300.0


class PortTaken(RuntimeError):
    """One of the processes cannot listen where it should; most often something else does."""


class StartFailed(RuntimeError):
    """A process ended, or did not become ready, while starting."""


@dataclass
class Service:
    """One process: how it is started, how it is asked whether it is ready, and where its output goes."""

    name: str
    command: Sequence[str]
    ready_url: str
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    restart_at: float = 0.0

    def start(self, root: Path) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches it through the supervisor only."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603
                self.command, cwd=root, env={**os.environ, **self.environment},
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.started = time.monotonic()

    def running(self) -> bool:
        """Whether the process is alive."""
        return self.process is not None and self.process.poll() is None

    def ready(self) -> bool:
        """Whether the process answers."""
        try:
            return httpx.get(self.ready_url, timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def tail(self, lines: int = 15) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])

    def send(self, signal_number: int) -> None:
        """Signal the process and its children, who may outlive it; the group's number is its own."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal_number)


def services(settings: Settings) -> list[Service]:
    """Return the three processes as ``settings`` want them, in the order they should start."""
    token = (
        settings.rasa_token.get_secret_value() if settings.rasa_token else secrets.token_urlsafe(24)
    )
    shared = {
        "JAWAB_ROOT": str(settings.root),
        "JAWAB_VAR": str(settings.var),
        "JAWAB_RASA_TOKEN": token,
        "JAWAB_RASA_URL": settings.rasa_url,
        "JAWAB_ACTIONS_URL": settings.actions_url,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "SANIC_HOST": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
        **kept_bytecode(settings.root),
    }
    logs = settings.var / "log"
    rasa_port, actions_port = _port(settings.rasa_url), _port(settings.actions_url)
    return [
        Service(
            "rasa",
            [sys.executable, "-m", "jawab.nlu.server", "--port", str(rasa_port),
             "--endpoints", str(_endpoints(settings)), "--credentials", "credentials.yml"],
            f"{_base(settings.rasa_url)}/status?token={token}",
            logs / "rasa.log",
            shared,
        ),
        Service(
            "actions",
            [sys.executable, "-m", "actions", "--port", str(actions_port)],
            f"{_base(settings.actions_url)}/health",
            logs / "actions.log",
            shared,
        ),
        Service(
            "desk",
            [sys.executable, "-m", "jawab.desk.main"],
            f"http://{settings.host}:{settings.port}/healthz",
            logs / "desk.log",
            {**shared, "JAWAB_HOST": settings.host, "JAWAB_PORT": str(settings.port)},
        ),
    ]  # fmt: skip


def kept_bytecode(root: Path) -> dict[str, str]:
    """Return what lets processes keep compiled modules under var/ where Python may not leave them beside the sources.

    Container images often forbid that; two thirds of the time that Rasa's imports take is compiling.
    """
    if not sys.dont_write_bytecode:
        return {}
    return {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(root / "var" / "bytecode"),
    }


def _base(url: str) -> str:
    return url.rstrip("/")


def _port(url: str) -> int:
    return urlsplit(url).port or 80


def _endpoints(settings: Settings) -> Path:
    """Return endpoints.yml, or a copy under var/ where ports or the var folder are not the defaults."""
    original = settings.root / "endpoints.yml"
    text = original.read_text("utf-8")
    webhook = f"{_base(settings.actions_url)}/webhook"
    adapted = re.sub(r"(url: )\S+/webhook", lambda found: found[1] + webhook, text)
    if settings.var != settings.root / "var":
        adapted = re.sub(r"(db: )var/", lambda found: f"{found[1]}{settings.var}/", adapted)
    if adapted == text:
        return original
    settings.var.mkdir(parents=True, exist_ok=True)
    copy = settings.var / "endpoints.yml"
    copy.write_text(adapted, "utf-8")
    return copy


def check_ports(settings: Settings) -> None:
    """Raise :class:`PortTaken` when one of the three ports is in use."""
    places = {
        "JAWAB_PORT": (settings.host, settings.port),
        "JAWAB_RASA_URL": ("127.0.0.1", _port(settings.rasa_url)),
        "JAWAB_ACTIONS_URL": ("127.0.0.1", _port(settings.actions_url)),
    }
    chosen: dict[int, str] = {}
    for variable, (host, port) in places.items():
        if port in chosen:
            raise PortTaken(f"{chosen[port]} and {variable} both name port {port}; choose another")
        chosen[port] = variable
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                reason = (
                    "is in use; stop what listens there, or"
                    if error.errno == errno.EADDRINUSE
                    else f"cannot be used at {host} ({error.strerror});"
                )
                raise PortTaken(f"port {port} {reason} choose another with {variable}") from error


def start_all(
    running: Sequence[Service],
    root: Path,
    *,
    stopping: Callable[[], bool],
    progress: Callable[[Service, float], None],
    patience: float = START_SECONDS,
) -> None:
    """Start all at once and wait until each is ready; ``progress`` is told which became ready after how long."""
    begin = time.monotonic()
    for service in running:
        service.start(root)
    waiting = list(running)
    while waiting and not stopping():
        for service in list(waiting):
            if not service.running():
                raise StartFailed(
                    f"{service.name} ended while starting; {service.log} ends:\n{service.tail()}"
                )
            if service.ready():
                waiting.remove(service)
                progress(service, time.monotonic() - begin)
        if waiting and time.monotonic() - begin > patience:
            names = ", ".join(service.name for service in waiting)
            raise StartFailed(f"{names} did not become ready; see {waiting[0].log}")
        time.sleep(0.25)


def keep_alive(
    running: Sequence[Service],
    root: Path,
    *,
    stopping: Callable[[], bool],
    report: Callable[[str], None],
) -> None:
    """Restart what ends, ever slower when it keeps ending, until ``stopping`` says so."""
    while not stopping():
        now = time.monotonic()
        for service in running:
            if service.running():
                continue
            if service.process is not None:
                code = service.process.poll()
                # Children that outlived it would keep the port from its successor.
                service.send(signal.SIGKILL)
                service.process = None
                service.failures = (
                    service.failures + 1 if now - service.started < STEADY_SECONDS else 1
                )
                pause = min(2.0 ** (service.failures - 1) - 1, LONGEST_PAUSE)
                service.restart_at = now + pause
                report(
                    f"{service.name} ended (exit {code}); starting it again in {pause:.0f} s, see {service.log}"
                )
            if now >= service.restart_at:
                service.start(root)
        time.sleep(0.25)


def stop_all(running: Sequence[Service]) -> None:
    """Ask all to end, the desk first so that it finishes what is in flight; kill what does not listen."""
    for service in reversed(running):
        service.send(signal.SIGTERM)
        _wait(service, STOP_SECONDS)
    for service in running:
        service.send(signal.SIGKILL)
        _wait(service, 5)


def _wait(service: Service, seconds: float) -> None:
    if service.process is not None:
        with suppress(subprocess.TimeoutExpired):
            service.process.wait(seconds)


@contextmanager
def stop_signals() -> Iterator[Callable[[], bool]]:
    """Turn Ctrl-C and SIGTERM into a question: ``stopping()``."""
    caught: list[int] = []

    def remember(number: int, frame: object) -> None:
        caught.append(number)

    before = {n: signal.signal(n, remember) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(caught)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
