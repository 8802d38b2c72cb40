"""Two of each process behind nginx, with PostgreSQL and Redis: what deploy/ describes, on loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import yaml
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from jawab.settings import PROJECT, Settings
from jawab.supervisor import Service, services, stop_all

from ..e2e.conftest import RASA_TOKEN, free_port
from ..e2e.moved_clock import MovedClock
from ..unit.desk.running import eventually
from .processes import NO_FLOOD, START_SECONDS, wait_until_up

KINDS = ("rasa", "actions", "desk")
DEPLOY = PROJECT / "deploy"
TRACKERS = "rasa"
SERVER = """
{user}
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{upstreams}
    server {{ listen 127.0.0.1:{desk}; include {deploy}/nginx/locations.conf; }}
    server {{ listen 127.0.0.1:{rasa}; include {deploy}/nginx/inside.conf; location / {{ proxy_pass http://rasa; }} }}
    server {{ listen 127.0.0.1:{actions}; include {deploy}/nginx/inside.conf; location / {{ proxy_pass http://actions; }} }}
}}
"""


@dataclass
class Machines:
    """Everything that runs, by kind, and nginx's addresses before each kind."""

    doors: dict[str, str]
    ones: dict[str, list[Service]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where shoppers and agents come to."""
        return self.doors["desk"]

    def start(self) -> None:
        """Start all at once, and wait until each answers and nothing is missing."""
        for one in self.all:
            one.start(PROJECT)
        for one in self.all:
            wait_until_up(one)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until a desk behind the door says that nothing is missing or degraded."""
        eventually(lambda: self._state() == ({}, {}), within=START_SECONDS)

    def _state(self):
        try:
            found = httpx.get(f"{self.url}/readyz", timeout=10, trust_env=False).json()
        except (httpx.HTTPError, ValueError):
            return None
        return found.get("missing"), found.get("degraded")

    @property
    def all(self) -> list[Service]:
        """Every process, in the order in which they are started."""
        return [one for kind in KINDS for one in self.ones[kind]]


@contextmanager
def machines(
    folder: Path, clock: MovedClock, *, database: str, redis: str, **settings: str
) -> Iterator[Machines]:
    """Two of each, on ports of their own; everything ends with the context."""
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed (apt install nginx-light)")
    doors = {kind: free_port() for kind in KINDS}
    ports = {kind: (free_port(), free_port()) for kind in KINDS}
    made = Machines({kind: f"http://127.0.0.1:{port}" for kind, port in doors.items()})
    endpoints = _endpoints(folder, made.doors["actions"], database, redis)
    shared = {
        **clock.environment,
        **NO_FLOOD,
        "JAWAB_DATABASE_URL": database,
        "JAWAB_TRACKER_URL": str(make_url(database).set(database=TRACKERS)),
        "JAWAB_REDIS_URL": redis,
        "JAWAB_SECRET_KEY": "known-to-all-desks-of-this-test-alone",
        "JAWAB_RASA_URL": made.doors["rasa"],
        "JAWAB_ACTIONS_URL": made.doors["actions"],
        "POSTGRESQL_POOL_SIZE": "4",
        "POSTGRESQL_MAX_OVERFLOW": "4",
        **settings,
    }
    for number in range(2):
        wanted = Settings(
            _env_file=None,
            var=folder / "var",  # the folder of photos is shared
            port=ports["desk"][number],
            rasa_url=f"http://127.0.0.1:{ports['rasa'][number]}",
            rasa_token=RASA_TOKEN,
            actions_url=f"http://127.0.0.1:{ports['actions'][number]}",
        )
        for one in services(wanted):
            if one.name == "rasa":
                place = list(one.command).index("--endpoints") + 1
                one.command = [*one.command[:place], str(endpoints), *one.command[place + 1 :]]
            one.environment |= shared
            one.log = folder / f"{one.name}-{number}.log"
            made.ones.setdefault(one.name, []).append(one)
    nginx = _nginx(folder, doors, ports)
    try:
        yield made
    finally:
        stop_all(made.all)
        nginx.terminate()
        nginx.wait(20)


def _nginx(folder: Path, doors, ports) -> subprocess.Popen[bytes]:
    upstreams = "\n".join(
        f"upstream {kind} {{ "
        + " ".join(f"server 127.0.0.1:{port} max_fails=2 fail_timeout=2s;" for port in ports[kind])
        + " keepalive 16; }"
        for kind in KINDS
    )
    user = (
        "user root;" if os.geteuid() == 0 else ""
    )  # else its workers may not write below `folder`
    content = SERVER.format(user=user, folder=folder, deploy=DEPLOY, upstreams=upstreams, **doors)
    file = folder / "nginx.conf"
    file.write_text(content)
    subprocess.run(["nginx", "-t", "-q", "-c", file], check=True)
    return subprocess.Popen(["nginx", "-c", file])


def _endpoints(folder: Path, actions: str, database: str, redis: str) -> Path:
    """deploy/endpoints.yml with this test's addresses; the database of trackers is made."""
    address = make_url(database)
    engine = create_engine(address, isolation_level="AUTOCOMMIT", future=True)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {TRACKERS}"))
    engine.dispose()
    known = {
        "JAWAB_ACTIONS_URL": actions,
        "JAWAB_TRACKER_HOST": address.host,
        "JAWAB_TRACKER_PORT": str(address.port),
        "JAWAB_TRACKER_DB": TRACKERS,
        "JAWAB_TRACKER_USER": address.username,
        "JAWAB_TRACKER_PASSWORD": address.password or "trust",
        "JAWAB_REDIS_URL": redis,
    }
    content = (DEPLOY / "endpoints.yml").read_text("utf-8")
    for name, value in known.items():
        assert f"${{{name}}}" in content
        content = content.replace(f"${{{name}}}", str(value))
    yaml.safe_load(content)
    file = folder / "endpoints.yml"
    file.write_text(content, "utf-8")
    return file
