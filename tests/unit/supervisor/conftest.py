"""Services of small programs; whatever is still alive at the end is ended."""

from __future__ import annotations

import signal
import sys

import pytest

from jawab.supervisor import (
    Service,
)

from .programs import SERVER, free_port


@pytest.fixture
def make(tmp_path):
    """Make services; whatever is still alive at the end is ended."""
    made: list[Service] = []

    def service(name: str, program: str, *arguments: object, port: int | None = None) -> Service:
        port = port or free_port()
        command = [sys.executable, "-c", program, *map(str, arguments)]
        made.append(
            Service(
                name, command, f"http://127.0.0.1:{port}/health", tmp_path / "log" / f"{name}.log"
            )
        )
        return made[-1]

    def server(name: str, *, after: float = 0) -> Service:
        port = free_port()
        return service(name, SERVER, port, after, port=port)

    service.server = server
    yield service
    for one in made:
        one.send(signal.SIGKILL)
