"""A desk to be measured: a database of its own, the whole application without a network, an owner signed in."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from starlette.testclient import TestClient

from jawab.desk.app import build_app
from jawab.desk.services import Services
from jawab.settings import Settings
from jawab.support.agents.agent import NewAgent, Role


@contextmanager
def measured_desk(now: datetime) -> Iterator[tuple[TestClient, Services, int]]:
    """A client that is the owner, the desk's parts, and the owner's id; the desk's clock stands at `now`."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            var=Path(folder),
            secret_key=SecretStr("k" * 40),
        )
        app = build_app(settings, clock=lambda: now)
        with TestClient(app) as client:
            services: Services = app.state.services
            owner = NewAgent("owner", "Owner", role=Role.OWNER)
            made = services.agents.add(owner, "a pass word of the benchmark", now=now)
            token = services.agents.open_session(made.id, now=now, lifetime=timedelta(hours=1))
            client.headers["Authorization"] = f"Bearer {token}"
            yield client, services, made.id
