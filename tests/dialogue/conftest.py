"""One action server for all dialogue tests, with a database of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade

from .action_server import ROOT, Server, wait_until_ready


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("actions") / "actions.log"
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "RASA_TELEMETRY_ENABLED": "false"}
    environment.pop("SANIC_HOST", None)
    environment["JAWAB_VAR"] = str(log.parent)
    database_url = f"sqlite:///{log.parent / 'jawab.db'}"
    # As the desk does before the first shopper comes.
    database = Database(connect(database_url, patience=timedelta(seconds=5)))
    upgrade(database)
    database.close()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "actions", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    running = Server(f"http://127.0.0.1:{port}", log, process, database_url)
    try:
        wait_until_ready(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
