"""Where things are kept: the database, what Rasa remembers, Redis. Nothing is made or changed by looking."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from jawab.doctor.finding import Finding, broken, note, warning, well
from jawab.privacy.trackers import Trackers
from jawab.settings import Settings
from jawab.support.agents.tables import agents
from jawab.support.database import SQLITE, Database, connect
from jawab.support.migrate import is_behind, is_current
from jawab.support.tables import messages

_REDIS_SECONDS = 3.0


def database(settings: Settings) -> Iterator[Finding]:
    """Whether the database answers, is whole, and has the tables this version knows."""
    path = _file(settings.database_url)
    if path is not None and not path.exists():
        yield note("database", f"{path} is not made yet; the desk makes it when it starts")
        return
    if path is not None and (trouble := _damage(path)) is not None:
        yield broken(
            "database", f"{path}: {trouble}", "stop the desk and restore the latest backup"
        )
        return
    opened = Database(connect(settings.database_url, patience=settings.database_patience))
    try:
        yield from _tables(opened)
    except SQLAlchemyError as error:
        yield broken(
            "database",
            f"does not answer ({type(error).__qualname__})",
            "start it, or mend JAWAB_DATABASE_URL: host, user, password, name",
        )
    finally:
        opened.close()


def _tables(opened: Database) -> Iterator[Finding]:
    if is_current(opened):
        yield well("database", "answers, with the tables of this version")
        with opened.reading() as connection:
            count = connection.execute(select(func.count()).select_from(agents)).scalar_one()
        if not count:
            yield warning(
                "agents",
                "nobody can sign in",
                "jawab agent add LOGIN --name NAME --role owner",
            )
        return
    if is_behind(opened):
        yield note("database", "of an older version; the desk brings it up when it starts")
    else:
        yield broken(
            "database",
            "made by a newer version",
            "run that version again, or restore a backup of this one",
        )


def latest_moment(settings: Settings) -> datetime | None:
    """When the latest message was stored, as far as anybody knows."""
    path = _file(settings.database_url)
    if path is not None and not path.exists():
        return None
    opened = Database(connect(settings.database_url, patience=settings.database_patience))
    try:
        with opened.reading() as connection:
            newest = select(messages.c.created_at).order_by(messages.c.id.desc()).limit(1)
            found: datetime | None = connection.execute(newest).scalar()
            return found
    except SQLAlchemyError:
        return None
    finally:
        opened.close()


def tracker(settings: Settings) -> Iterator[Finding]:
    """Whether Rasa's tracker store can be read, as erasing needs it."""
    trackers = Trackers(settings.tracker_url, patience=timedelta(seconds=3))
    try:
        there = trackers.there()
    except SQLAlchemyError as error:
        kind = type(error).__qualname__
        yield broken("tracker store", f"does not answer ({kind})", "mend JAWAB_TRACKER_URL")
    else:
        told = "answers" if there else "is not made yet; Rasa makes it with the first message"
        yield (well if there else note)("tracker store", told)
    finally:
        trackers.close()


def redis(settings: Settings) -> Iterator[Finding]:
    """Whether Redis answers, where one is set."""
    if settings.redis is None:
        return
    try:
        with closing(
            Redis.from_url(
                settings.redis,
                socket_timeout=_REDIS_SECONDS,
                socket_connect_timeout=_REDIS_SECONDS,
            )
        ) as asked:
            asked.ping()
    except (RedisError, ValueError) as error:
        kind = type(error).__qualname__
        yield broken("redis", f"does not answer ({kind})", "start it, or mend JAWAB_REDIS_URL")
    else:
        yield well("redis", "answers")


def _file(url: str) -> Path | None:
    """The file of a SQLite database."""
    address = make_url(url)
    is_file = address.get_backend_name() == SQLITE and address.database
    return Path(address.database) if is_file else None


def _damage(path: Path) -> str | None:
    """What SQLite itself finds wrong with a file; None when it is whole."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return type(error).__qualname__ if "malformed" not in str(error) else "is damaged"
    return None if found == "ok" else "is damaged"
