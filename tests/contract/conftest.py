"""Databases for the store's contract: SQLite always, PostgreSQL where the machine has its binaries."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade

from ..postgres_server import postgres_server

PATIENCE = timedelta(seconds=5)


@pytest.fixture(scope="session")
def postgres_url():
    """A PostgreSQL server of our own on a free port."""
    with postgres_server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    address = request.getfixturevalue("postgres_url")
    yield address
    engine = connect(address, patience=PATIENCE)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


@pytest.fixture
def database(url):
    """A database with its tables."""
    database = Database(connect(url, patience=PATIENCE))
    upgrade(database)
    yield database
    database.close()
