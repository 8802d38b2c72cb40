"""The migrations make exactly the tables the code knows, alone or side by side."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import jawab.privacy.tables
import jawab.support.agents.tables
import jawab.support.apps.tables
import jawab.support.deliveries.tables
import jawab.support.handovers.tables
import jawab.support.learning.tables
import jawab.support.leases
import jawab.support.mail.tables
import jawab.support.overrides.tables
import jawab.support.persons.tables  # noqa: F401 all of them are in one metadata
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.errors import DatabaseBehindCode
from jawab.support.migrate import is_current, revision_of, upgrade
from jawab.support.tables import metadata

PATIENCE = timedelta(seconds=10)
UPGRADE = """
import sys
from datetime import timedelta
from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade
upgrade(Database(connect(sys.argv[1], patience=timedelta(seconds=10))))
"""


def test_the_migrations_agree_with_the_tables(database):
    def ours(item, name, kind, *_):
        # The words of the search are no table that SQLAlchemy could describe (FTS5; a tsvector).
        alone = name == "sqlite_sequence" or name.startswith("search_terms")
        return not (kind == "table" and alone)

    with database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": ours}
        )
        assert compare_metadata(context, metadata) == []


def test_messages_of_an_older_database_have_no_attachments(url):
    database = Database(connect(url, patience=PATIENCE))
    upgrade(database, "0001")
    with database.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO conversations VALUES ('c', 'souq', 'ar', 'bot', '2027-01-02 10:00:00')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO messages (conversation_id, author, text, lang, created_at, buttons)"
                " VALUES ('c', 'bot', 'أهلا', 'ar', '2027-01-02 10:00:00', '[]')"
            )
        )
    assert not is_current(database)
    upgrade(database)
    assert is_current(database)
    (message,) = Store(database).messages_after("c", 0, limit=9)
    assert (message.text, message.attachments) == ("أهلا", ())
    database.close()


@pytest.mark.parametrize("older", ["0003", "0006", "0009", "0012"])
def test_a_database_of_an_older_version_is_brought_here_with_all_it_holds(url, older):
    database = an_old_one(url, older)
    assert not is_current(database)
    upgrade(database)
    assert is_current(database)
    assert what_it_holds(database) == (4, 1, "answered")
    database.close()


def test_a_migration_that_fails_half_way_leaves_an_older_database_as_it_was(url, monkeypatch):
    database = an_old_one(url, "0006")
    tables = inspect(database.engine).get_table_names()
    made = []

    def breaks_later(name, *_given, **_more):
        made.append(name)
        if len(made) == 3:
            raise RuntimeError("the disk is full")
        return create_index(name, *_given, **_more)

    create_index = op.create_index
    monkeypatch.setattr("alembic.op.create_index", breaks_later)
    with pytest.raises(RuntimeError, match="full"):
        upgrade(database)
    monkeypatch.undo()
    with database.reading() as connection:
        assert revision_of(connection) == "0006"
        assert connection.execute(text("SELECT count(*) FROM messages")).scalar() == 4
    assert inspect(database.engine).get_table_names() == tables
    upgrade(database)
    assert what_it_holds(database) == (4, 1, "answered")
    database.close()


def an_old_one(url, revision):
    """A database as an older version left it: a conversation, answered questions and one that was not asked yet."""
    database = Database(connect(url, patience=PATIENCE))
    upgrade(database, "0001")
    at = "'2027-01-02 10:00:00'"
    with database.writing() as connection:
        connection.execute(
            text(f"INSERT INTO conversations VALUES ('c', 'souq', 'ar', 'bot', {at})")
        )
        for author, words in (
            ("bot", "أهلا"),
            ("shopper", "وين طلبي؟"),
            ("bot", "في الطريق"),
            ("shopper", "متى؟"),
        ):
            connection.execute(
                text(
                    "INSERT INTO messages (conversation_id, author, text, lang, created_at, buttons)"
                    f" VALUES ('c', :author, :words, 'ar', {at}, '[]')"
                ),
                {"author": author, "words": words},
            )
        ids = connection.execute(
            text("SELECT id FROM messages WHERE author = 'shopper' ORDER BY id")
        ).scalars()
        for message, state in zip(ids, ("answered", "queued"), strict=True):
            connection.execute(
                text(
                    "INSERT INTO turns (message_id, conversation_id, state, attempts, queued_at)"
                    f" VALUES (:message, 'c', :state, 0, {at})"
                ),
                {"message": message, "state": state},
            )
    upgrade(database, revision)
    return database


def what_it_holds(database):
    """By this version's own store: messages, questions still owed an answer, and how the first one ended."""
    store = Store(database)
    found = store.messages_after("c", 0, limit=9)
    assert [message.text for message in found] == ["أهلا", "وين طلبي؟", "في الطريق", "متى؟"]
    first, *_ = store.turns_of("c")
    return len(found), len(store.conversations_with_open_turns()), first.state.value


def test_indexes_are_there_too(database):
    found = inspect(database.engine)
    for table in metadata.tables.values():
        made = {index["name"] for index in found.get_indexes(table.name)}
        assert {index.name for index in table.indexes} <= made


def test_upgrading_again_changes_nothing(database):
    assert is_current(database)
    upgrade(database)
    assert is_current(database)


def test_an_empty_database_is_not_current(url):
    database = Database(connect(url, patience=PATIENCE))
    assert not is_current(database)
    database.close()


def test_threads_that_start_together_do_not_race(url):
    databases = [Database(connect(url, patience=PATIENCE)) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(upgrade, databases))
    assert all(is_current(database) for database in databases)
    for database in databases:
        database.close()


def test_processes_that_start_together_do_not_race(url):
    started = [
        subprocess.Popen([sys.executable, "-c", UPGRADE, url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], errors


def test_a_database_of_a_newer_version_is_left_alone(database):
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseBehindCode, match="newer"):
        upgrade(database)
    assert not is_current(database)


def test_a_migration_that_fails_changes_nothing(url, monkeypatch):
    database = Database(connect(url, patience=PATIENCE))

    def broken(*_args, **_more):
        raise RuntimeError("broken")

    monkeypatch.setattr("alembic.op.create_index", broken)
    with pytest.raises(RuntimeError, match="broken"):
        upgrade(database)
    assert inspect(database.engine).get_table_names() == []
    monkeypatch.undo()
    upgrade(database)
    assert is_current(database)
    database.close()
