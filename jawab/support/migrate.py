"""Bringing the database to the tables this code knows, when a process starts."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import text
from sqlalchemy.engine import Connection

from jawab.support.database import SQLITE, Database
from jawab.support.errors import DatabaseBehindCode

_SCRIPTS = Path(__file__).with_name("migrations")
_LOCK = 0x6A617761  # any number of our own: PostgreSQL's advisory locks are named by numbers


def upgrade(database: Database, revision: str = "head") -> None:
    """Run the migrations that are missing, all in one transaction: a failed one changes nothing.

    Two processes starting together do not race: SQLite's write lock or an advisory lock lets one
    through, and the other finds nothing left to do.
    """
    with database.writing() as connection:
        if connection.dialect.name != SQLITE:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config = _config()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            raise DatabaseBehindCode(
                "the database was made by a newer version; run that version, or restore a backup"
            ) from error


def is_current(database: Database) -> bool:
    """Whether the database stands where this code wants it."""
    with database.reading() as connection:
        found = revision_of(connection)
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def is_behind(database: Database) -> bool:
    """Whether the database was made by an older version, which `upgrade` brings up; False for a newer one's."""
    with database.reading() as connection:
        found = revision_of(connection)
    return not is_current(database) and (found is None or knows(found))


def revision_of(connection: Connection) -> str | None:
    """Where a database stands: the last migration that was run on it."""
    found: str | None = MigrationContext.configure(connection).get_current_revision()
    return found


def knows(revision: str) -> bool:
    """Whether this code can bring a database that stands there to its own tables."""
    every = ScriptDirectory.from_config(_config()).walk_revisions()
    return revision in {one.revision for one in every}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
