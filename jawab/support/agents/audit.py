"""What was done to agents' accounts: one line each, only ever added to, without any password."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from jawab.support.agents.tables import agent_audit


class Deed(str, Enum):
    """What can be done to an account."""

    ADDED = "added"
    CHANGED = "changed"
    PASSWORD = "password"  # noqa: S105 a deed's name
    DISABLED = "disabled"
    ENABLED = "enabled"
    SIGNED_OUT = "signed_out"
    SIGNED_IN = "signed_in"
    REFUSED = "refused"  # a wrong password


SIGN_INS = frozenset((Deed.SIGNED_IN, Deed.REFUSED))
ACCOUNTS = frozenset(Deed) - SIGN_INS


@dataclass(frozen=True)
class AuditLine:
    """Who did what to whose account, by names as they were then; `data` says what changed, [before, after] by field.

    Of a sign-in `who` is the network address it came from.
    """

    login: str
    who: str
    deed: Deed
    data: Mapping[str, Any]
    at: datetime


def note(
    connection: Connection,
    login: str,
    deed: Deed,
    *,
    by: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Add a line, in the transaction of the deed itself."""
    connection.execute(
        insert(agent_audit).values(
            login=login, who=by, deed=deed.value, data=dict(data or {}), at=at
        )
    )


def lines(connection: Connection, *, of: frozenset[Deed], limit: int) -> tuple[AuditLine, ...]:
    """The last lines of these deeds, the latest first."""
    deeds = sorted(deed.value for deed in of)
    found = connection.execute(
        select(agent_audit)
        .where(agent_audit.c.deed.in_(deeds))
        .order_by(agent_audit.c.id.desc())
        .limit(limit)
    )
    return tuple(AuditLine(row.login, row.who, Deed(row.deed), row.data, row.at) for row in found)
