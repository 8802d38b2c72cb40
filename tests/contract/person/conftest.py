"""Two shoppers who have left something in every table, on every database, and what Rasa remembers of them."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from jawab.privacy.trackers import Trackers
from jawab.support.attachments.files import AttachmentFiles

from . import people
from .people import NOUR, PARI


@pytest.fixture
def files(tmp_path):
    return AttachmentFiles(tmp_path / "attachments")


@pytest.fixture
def clerk(database):
    return people.agent_of(database)


@pytest.fixture
def pari(database, files, clerk):
    """Her conversations."""
    return people.everything(database, files, PARI, clerk)


@pytest.fixture
def nour(database, files, clerk):
    """Hers."""
    return people.everything(database, files, NOUR, clerk)


@pytest.fixture
def trackers(tmp_path):
    """A tracker store as Rasa makes it (tests/nlu/test_trackers.py has Rasa make one)."""
    url = f"sqlite:///{tmp_path / 'rasa-tracker.db'}"
    with create_engine(url, future=True).begin() as connection:
        connection.execute(text("PRAGMA journal_mode=WAL"))
        connection.execute(
            text(
                "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL,"
                " type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255),"
                " action_name VARCHAR(255), data TEXT)"
            )
        )
    made = Trackers(url, patience=timedelta(seconds=5))
    yield made
    made.close()
