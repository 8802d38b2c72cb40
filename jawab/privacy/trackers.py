"""What Rasa keeps: the events of each conversation, in a SQL table of its own (`SQLTrackerStore`).

Rasa makes the table and is the only one to write into it; here it is read, and conversations are taken out whole.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import column, create_engine, delete, func, inspect, select, table, text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.sql import ColumnElement

from jawab.support.database import SQLITE

_EVENTS = table("events", *map(column, ("id", "sender_id", "timestamp", "data")))


class Trackers:
    """The conversations as Rasa remembers them, by the same ids; none where there is no such table yet."""

    def __init__(self, url: str, *, patience: timedelta) -> None:
        self.url = url
        address = make_url(url)
        self._file = address.database if address.get_backend_name() == SQLITE else None
        seconds = patience.total_seconds()
        options = {"timeout": seconds} if self._file is not None else {}
        self._engine: Engine = create_engine(
            address, future=True, hide_parameters=True, connect_args=options
        )

    def count(self, conversations: Collection[str]) -> int:
        """How many events of these conversations there are."""
        if not self.there():
            return 0
        query = select(func.count()).select_from(_EVENTS).where(_of(conversations))
        with self._engine.begin() as connection:
            return int(connection.execute(query).scalar_one())

    def events(self, conversations: Collection[str]) -> Iterator[dict[str, Any]]:
        """The events of these conversations, in order, as Rasa wrote them."""
        if not self.there():
            return
        query = select(_EVENTS).where(_of(conversations)).order_by(_EVENTS.c.id)
        with self._engine.begin() as connection:
            for row in connection.execute(query):
                yield {"conversation": row.sender_id, **json.loads(row.data)}

    def erase(self, conversations: Collection[str]) -> int:
        """Have Rasa forget these conversations; how many events went."""
        if not self.there():
            return 0
        with self._engine.begin() as connection:
            _thoroughly(connection)
            return int(connection.execute(delete(_EVENTS).where(_of(conversations))).rowcount)

    def conversations(self) -> tuple[str, ...]:
        """Every conversation Rasa remembers: read off an index, so that Rasa hardly waits."""
        if not self.there():
            return ()
        with self._engine.begin() as connection:
            found = connection.execute(select(_EVENTS.c.sender_id).distinct())
            return tuple(found.scalars())

    def silent_since(self, moment: float, conversations: Collection[str]) -> tuple[str, ...]:
        """Those of these conversations in which nothing has happened since then (seconds since 1970)."""
        if not self.there():
            return ()
        last = func.max(_EVENTS.c.timestamp)
        query = select(_EVENTS.c.sender_id).where(_of(conversations))
        with self._engine.begin() as connection:
            found = connection.execute(query.group_by(_EVENTS.c.sender_id).having(last < moment))
            return tuple(found.scalars())

    def leave_no_trace(self) -> bool:
        """Write a SQLite file anew, without what lies in it or its log unused; False when Rasa was in the way."""
        if self._file is None or not self.there():
            return True
        raw = self._engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("VACUUM")
            (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        finally:
            raw.close()
        return not busy

    def there(self) -> bool:
        """Whether Rasa has kept anything yet; a SQLite file is not made by looking."""
        if self._file is not None and not Path(self._file).is_file():
            return False
        return bool(inspect(self._engine).has_table(_EVENTS.name))

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()


def _of(conversations: Collection[str]) -> ColumnElement:
    return _EVENTS.c.sender_id.in_(sorted(conversations))


def _thoroughly(connection: Connection) -> None:
    """Have SQLite write zeros over what is deleted."""
    if connection.dialect.name == SQLITE:
        connection.execute(text("PRAGMA secure_delete = ON"))
