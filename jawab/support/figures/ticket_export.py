"""Tickets as rows, page by page, so that an export of any size takes little memory and no long transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from jawab.support.database import Database
from jawab.support.figures.figures import Scope
from jawab.support.figures.statements import within
from jawab.support.tables import tickets

PAGE = 500
COLUMNS = (
    "reference",
    "shop",
    "lang",
    "topic",
    "subtopic",
    "queue",
    "state",
    "priority",
    "origin",
    "name",
    "email",
    "phone",
    "order_number",
    "message",
    "assignee",
    "opened_at",
    "due_at",
    "updated_at",
)


class TicketExport:
    """The tickets of a scope, by reference."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, scope: Scope, *, after: str = "", limit: int = PAGE
    ) -> Sequence[tuple[Any, ...]]:
        """The next rows behind a reference, as values of `COLUMNS`; none at the end."""
        rows = (
            select(*(tickets.c[name] for name in COLUMNS))
            .where(
                within(scope, tickets.c.opened_at, tickets),
                tickets.c.reference > after,
            )
            .order_by(tickets.c.reference)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [tuple(row) for row in connection.execute(rows)]
