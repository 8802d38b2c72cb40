"""Opening the database: a SQLite file by default, PostgreSQL by another address."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from pathlib import Path
from shutil import disk_usage
from threading import Lock, local
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import TimeoutError as NoTurn
from sqlalchemy.pool import QueuePool

SQLITE = "sqlite"
_WRITES = "jawab_writes"
_SWITCH_SECONDS = 10.0


@dataclass(frozen=True)
class Outcome:
    """What a job returned, or the error it raised."""

    value: Any = None
    error: Exception | None = None


class _Undone(Exception):
    """One of several jobs has raised, so that none was kept."""


def backend(url: str) -> str:
    """Which kind of database an address names: "sqlite", "postgresql"."""
    return str(make_url(url).get_backend_name())


def connect(url: str, *, patience: timedelta) -> Engine:
    """An engine for this address; the folder of a SQLite file is made, and the file for its owner's eyes only.

    SQLite runs in WAL mode (readers and the writer do not wait for each other), checks foreign keys, and
    syncs at every commit: what was accepted survives a power cut. Statements' values never reach a log.
    """
    address = make_url(url)
    seconds = patience.total_seconds()
    common: dict[str, Any] = {"future": True, "hide_parameters": True, "pool_timeout": seconds}
    if address.get_backend_name() != SQLITE:
        return create_engine(
            address,
            pool_pre_ping=True,
            pool_size=8,
            max_overflow=8,
            connect_args=_no_longer_than(seconds),
            **common,
        )
    if address.database:
        _begin_file(Path(address.database))
    engine = create_engine(
        address,
        poolclass=QueuePool,
        pool_size=16,  # kept: to open a file anew costs as much as several statements
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": seconds},
        **common,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _no_longer_than(seconds: float) -> dict[str, int]:
    """What keeps a connection to PostgreSQL from waiting for a server that is gone without a word.

    Without these a thread would wait for the operating system to give up: two minutes for a new connection, a
    quarter of an hour for one that was open. https://www.postgresql.org/docs/current/libpq-connect.html
    """
    whole = max(2, ceil(seconds))  # libpq takes less for no limit
    return {
        "connect_timeout": whole,
        "tcp_user_timeout": whole * 1000,
        "keepalives_idle": whole,
        "keepalives_interval": whole,
        "keepalives_count": 3,
    }


class Database:
    """Short transactions on one engine: `reading` and `writing`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(**{_WRITES: True})
        # SQLite has one writer: our threads queue here, in order, instead of polling the file's lock.
        self._turnstile = Lock() if engine.dialect.name == SQLITE else None
        self._here = local()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads; within another one of the same thread, or in a job of `write_together`, a part of that."""
        around: Connection | None = getattr(self._here, "reads", None) or getattr(
            self._here, "writes", None
        )
        if around is not None:
            yield around
            return
        with self.engine.begin() as connection:
            self._here.reads = connection
            try:
                yield connection
            finally:
                self._here.reads = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write: all of it is kept, or nothing. In a job of `write_together` a part of the jobs' one."""
        shared: Connection | None = getattr(self._here, "writes", None)
        if shared is not None:
            yield shared
            return
        with self._turn(), self._writer.begin() as connection:
            yield connection

    @property
    def has_one_writer(self) -> bool:
        """Whether only one transaction at a time can write: then those who come at once had better write together."""
        return self._turnstile is not None

    def read_together(self, jobs: Sequence[Callable[[], Any]]) -> list[Outcome]:
        """Run jobs one after the other, what they read in one transaction."""
        try:
            with self.reading():
                return list(map(_outcome, jobs))
        except Exception as error:
            return [Outcome(error=error)] * len(jobs)

    def write_together(self, jobs: Sequence[Callable[[], Any]]) -> list[Outcome]:
        """Run jobs that write, one after the other, with one commit for all of them: one wait for the disk.

        Where one raises, all is undone and each is run once more, alone, so that nobody's error is another's: a job does
        nothing but write. Where nothing can be begun or committed, that is every job's error.
        """
        if len(jobs) == 1:
            return [_outcome(jobs[0])]
        try:
            return [Outcome(value) for value in self._in_one(jobs)]
        except _Undone:
            return list(map(_outcome, jobs))
        except Exception as error:
            return [Outcome(error=error)] * len(jobs)

    def _in_one(self, jobs: Sequence[Callable[[], Any]]) -> list[Any]:
        with self.writing() as connection:
            self._here.writes = connection
            try:
                return [job() for job in jobs]
            except Exception as error:
                raise _Undone from error
            finally:
                self._here.writes = None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        # Nobody queues for longer than one waits for the file's lock: while another process holds that, a queue
        # without an end would keep all our threads, readers' too, for as many times the patience as it is long.
        if self._turnstile is None:
            yield
            return
        if not self._turnstile.acquire(timeout=self.engine.pool.timeout()):
            raise NoTurn("others were writing all the time")
        try:
            yield
        finally:
            self._turnstile.release()

    def room(self) -> int | None:
        """Bytes free where a SQLite file lies; None for a server, which looks after its own."""
        file = self.engine.url.database
        if self.engine.dialect.name != SQLITE or not file:
            return None
        return disk_usage(Path(file).parent).free

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _begin_file(file: Path) -> None:
    """Make a new database's file readable to its owner alone; SQLite gives its companions (-wal, -shm) the same mode."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # no transaction behind our back; see _begin_sqlite
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    _into_wal(cursor)
    cursor.close()


def _into_wal(cursor: Any) -> None:
    # SQLite's own patience does not cover this switch: of two that open a new file at once, one is told "locked".
    end = time.monotonic() + _SWITCH_SECONDS
    while True:
        try:
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def _outcome(job: Callable[[], Any]) -> Outcome:
    try:
        return Outcome(job())
    except Exception as error:
        return Outcome(error=error)


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: a read turned into a write later could only fail.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
