"""Writing down that somebody's data was handed over or erased: who did it, when, and how much; never whose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from jawab.privacy.tables import privacy_audit


class Deed(str, Enum):
    """What can be done with a person's data."""

    EXPORTED = "exported"
    ERASED = "erased"
    EXPIRED = "expired"  # kept long enough


@dataclass(frozen=True)
class Line:
    """`by` are the kinds of what the person was looked for by, `counts` the rows of each table."""

    who: str
    deed: Deed
    by: Sequence[str]
    counts: Mapping[str, int]
    at: datetime


def note(connection: Connection, line: Line) -> None:
    """Add a line, in the transaction of the deed itself."""
    connection.execute(
        insert(privacy_audit).values(
            who=line.who[:80],
            deed=line.deed.value,
            by=list(line.by),
            counts={name: number for name, number in line.counts.items() if number},
            at=line.at,
        )
    )


def lines(connection: Connection, *, limit: int) -> tuple[Line, ...]:
    """The last lines, the latest first."""
    found = connection.execute(
        select(privacy_audit).order_by(privacy_audit.c.id.desc()).limit(limit)
    )
    return tuple(Line(row.who, Deed(row.deed), row.by, row.counts, row.at) for row in found)
