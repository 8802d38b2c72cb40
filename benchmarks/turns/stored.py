"""How much a run of the benchmark left in Jawab's two databases, counted while everything still runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def stored(var: Path) -> dict[str, int]:
    """Return bytes and rows of the desk's database and of Rasa's trackers below ``var``."""
    desk, trackers = var / "jawab.db", var / "rasa-tracker.db"
    return {
        "desk bytes": _bytes(desk),
        "conversations": _count(desk, "SELECT count(*) FROM conversations"),
        "messages": _count(desk, "SELECT count(*) FROM messages"),
        "turns": _count(desk, "SELECT count(*) FROM turns"),
        "tracker bytes": _bytes(trackers),
        "events": _count(trackers, "SELECT count(*) FROM events"),
        "tracker turns": _count(trackers, "SELECT count(*) FROM events WHERE type_name = 'user'"),
    }


def _bytes(file: Path) -> int:
    return _count(file, "PRAGMA page_size") * _count(file, "PRAGMA page_count")


def _count(file: Path, question: str) -> int:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
        return int(database.execute(question).fetchone()[0])
