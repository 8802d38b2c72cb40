"""Leases in SQL: what only one desk of a database may do at a time, such as asking an app for updates."""

from datetime import datetime

from sqlalchemy import Column, String, Table, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from jawab.support.database import SQLITE, Database
from jawab.support.tables import HOLDER_LENGTH, UtcDateTime, metadata

NAME_LENGTH = 120

leases = Table(
    "leases",
    metadata,
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("held_by", String(HOLDER_LENGTH), nullable=False),
    Column("held_until", UtcDateTime, nullable=False),
)


class LeaseStore:
    """Gives a lease to one desk, until it runs out or is given back. Every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, name: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Take this lease, or hold it for longer; False while another desk has it."""
        name = name[:NAME_LENGTH]
        free = (leases.c.held_by == by) | (leases.c.held_until <= now)
        with self._database.writing() as connection:
            held = update(leases).where(leases.c.name == name, free)
            if connection.execute(held.values(held_by=by, held_until=until)).rowcount:
                return True
            dialect = sqlite if connection.dialect.name == SQLITE else postgresql
            first = dialect.insert(leases).values(name=name, held_by=by, held_until=until)
            return bool(connection.execute(first.on_conflict_do_nothing()).rowcount)

    def give_back(self, by: str) -> None:
        """Let others take everything this desk has."""
        with self._database.writing() as connection:
            connection.execute(delete(leases).where(leases.c.held_by == by))
