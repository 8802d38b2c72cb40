"""Decisions about groups of messages, in SQL: only ever added to."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from jawab.support.agents.agent import Agent
from jawab.support.database import Database
from jawab.support.errors import UnknownMark
from jawab.support.learning.mark import Mark, MarkKind, NewMark
from jawab.support.learning.tables import learning_marks as marks
from jawab.support.texts import storable_values


class MarkStore:
    """What was decided, and who decided it when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, made: NewMark, *, by: Agent, now: datetime) -> Mark:
        """Keep a decision; it goes before earlier ones on the same messages."""
        with self._database.writing() as connection:
            id = connection.execute(
                insert(marks).values(
                    kind=made.kind.value,
                    messages=list(made.messages),
                    shops=list(made.shops),
                    examples=list(made.examples),
                    question=made.question,
                    draft=storable_values(made.draft),
                    agent_id=by.id,
                    who=by.name,
                    at=now,
                )
            ).inserted_primary_key[0]
        return Mark(id, made, by.id, by.name, now)

    def get(self, id: int) -> Mark:
        """One decision; `UnknownMark`."""
        with self._database.reading() as connection:
            row = connection.execute(select(marks).where(marks.c.id == id)).one_or_none()
        if row is None:
            raise UnknownMark(f"there is no mark {id}")
        return _mark(row)

    def all(self) -> tuple[Mark, ...]:
        """Every decision, the earliest first."""
        with self._database.reading() as connection:
            return tuple(map(_mark, connection.execute(select(marks).order_by(marks.c.id))))

    def applied(self, id: int, *, by: Agent, now: datetime) -> None:
        """Keep that its change was written into the files."""
        with self._database.writing() as connection:
            connection.execute(
                update(marks).where(marks.c.id == id).values(applied_at=now, applied_by=by.name)
            )


def _mark(row: Any) -> Mark:
    made = NewMark(
        MarkKind(row.kind),
        tuple(row.messages),
        tuple(row.shops),
        tuple(row.examples),
        row.question,
        row.draft,
    )
    return Mark(row.id, made, row.agent_id, row.who, row.at, row.applied_at, row.applied_by)
