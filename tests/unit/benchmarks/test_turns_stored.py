"""What a run left in the two databases is counted."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone

from benchmarks.turns.stored import stored
from jawab.settings import Settings
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Draft
from jawab.support.conversations.store import Store
from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)


def test_rows_and_bytes_are_counted_while_others_still_write(tmp_path):
    settings = Settings(_env_file=None, var=tmp_path)
    database = Database(connect(settings.database_url, patience=timedelta(seconds=10)))
    upgrade(database)
    Store(database).open_conversation(
        begin(shop="digikala", lang=Lang.FA, now=NOW), Draft("سلام", Lang.FA)
    )
    with closing(sqlite3.connect(tmp_path / "rasa-tracker.db")) as trackers, trackers:
        trackers.execute("CREATE TABLE events (type_name TEXT)")
        trackers.executemany("INSERT INTO events VALUES (?)", [("user",), ("bot",), ("slot",)])
    found = stored(tmp_path)
    assert (found["conversations"], found["messages"], found["turns"]) == (1, 1, 0)
    assert (found["events"], found["tracker turns"]) == (3, 1)
    assert found["desk bytes"] > 10_000
    assert found["tracker bytes"] > 1_000
    database.close()
