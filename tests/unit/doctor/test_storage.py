"""What the doctor says of databases that are away, damaged, too old or too new."""

from datetime import datetime, timedelta, timezone

import pytest

from jawab.doctor import storage
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Draft
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade
from jawab.text.language import Lang

NOWHERE = "127.0.0.1:9"


@pytest.fixture
def database(settings):
    """The installation's database, with its tables."""
    found = settings()
    made = Database(connect(found.database_url, patience=found.database_patience))
    upgrade(made)
    yield made
    made.close()


def test_a_database_that_is_not_made_yet_is_not_made_by_looking(told, settings):
    found = settings()
    assert ("note", "database") in told(storage.database(found))
    assert ("note", "tracker store") in told(storage.tracker(found))
    assert storage.latest_moment(found) is None
    assert not found.var.exists()


def test_a_whole_database_is_well_and_somebody_must_be_able_to_sign_in(told, settings, database):
    found = told(storage.database(settings()))
    assert ("well", "database") in found
    assert "jawab agent add" in found["warning", "agents"]


def test_an_older_database_is_noted_and_a_newer_one_is_broken(told, settings, database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0005'")
    assert "brings it up" in told(storage.database(settings()))["note", "database"]
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "newer" in told(storage.database(settings()))["broken", "database"]


def test_a_damaged_file_is_told_with_the_remedy(told, settings, database):
    path = settings().var / "jawab.db"
    begun = begin(shop="souq", lang=Lang.AR, now=datetime.now(timezone.utc))
    Store(database).open_conversation(begun, Draft("أهلا" * 5000, Lang.AR))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    content = bytearray(path.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 64] = b"\xff" * 64
    path.write_bytes(content)
    assert "backup" in told(storage.database(settings()))["broken", "database"]


def test_a_database_server_that_is_away_is_told_without_its_password(told, settings):
    away = settings(database_url=f"postgresql+psycopg2://jawab:hunter2@{NOWHERE}/jawab")
    found = told(storage.database(away))["broken", "database"]
    assert "JAWAB_DATABASE_URL" in found
    assert "hunter2" not in found
    assert storage.latest_moment(away) is None


def test_a_tracker_store_that_is_away_is_told(told, settings):
    away = settings(tracker_url=f"postgresql+psycopg2://rasa:hunter2@{NOWHERE}/rasa")
    assert "JAWAB_TRACKER_URL" in told(storage.tracker(away))["broken", "tracker store"]


def test_a_redis_that_is_away_is_told_and_none_is_no_matter(told, settings):
    away = settings(redis_url=f"redis://:hunter2@{NOWHERE}/0")
    found = told(storage.redis(away))["broken", "redis"]
    assert "JAWAB_REDIS_URL" in found
    assert "hunter2" not in found
    assert told(storage.redis(settings())) == {}


def test_the_latest_message_says_what_the_clock_must_not_be_before(settings, database):
    later = datetime.now(timezone.utc) + timedelta(days=2)
    begun = begin(shop="souq", lang=Lang.AR, now=later)
    Store(database).open_conversation(begun, Draft("أهلا", Lang.AR))
    assert storage.latest_moment(settings()) == later
