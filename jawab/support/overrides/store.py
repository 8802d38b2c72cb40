"""Overrides in SQL."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from jawab.support.agents.agent import Agent
from jawab.support.database import Database
from jawab.support.errors import StaleOverride
from jawab.support.overrides.override import Override, Target
from jawab.support.overrides.tables import overrides
from jawab.support.prepared import Prepared
from jawab.support.texts import storable_values

# Asked at every turn, by the desk and by the action server.
_VERSION = Prepared(select(func.max(overrides.c.id).label("version")))


class OverrideStore:
    """What owners have set, and who set it when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self) -> int:
        """A number that grows with every change; 0 before the first. Costs one look at an index's end."""
        with self._database.reading() as connection:
            return int(_VERSION.first(connection, {}).version or 0)

    def current(self) -> tuple[int, tuple[Override, ...]]:
        """The version, and what is set now: the last change of each target."""
        last = select(func.max(overrides.c.id)).group_by(overrides.c.shop, overrides.c.target)
        with self._database.reading() as connection:
            # The version first: what is set in between, PostgreSQL shows to the second statement, and it is read again.
            version = _VERSION.first(connection, {}).version
            now = select(overrides).where(overrides.c.id.in_(last)).order_by(overrides.c.id)
            return int(version or 0), tuple(_known(connection.execute(now)))

    def save(
        self,
        shop: str,
        target: Target,
        value: Any,
        *,
        by: Agent,
        now: datetime,
        seen: int | None = None,
    ) -> Override:
        """Set a value, None for the file's own; `StaleOverride` when another was set since the change `seen`."""
        with self._database.writing() as connection:
            if seen is not None and _last(connection, shop, target) != seen:
                raise StaleOverride(f"{target} of {shop} was changed in the meantime")
            made = connection.execute(
                insert(overrides).values(
                    shop=shop,
                    target=str(target),
                    value=storable_values(value),
                    agent_id=by.id,
                    who=by.name,
                    at=now,
                )
            ).inserted_primary_key[0]
            return Override(made, shop, target, value, by.id, by.name, now)

    def history(self, shop: str, *, limit: int) -> tuple[Override, ...]:
        """The last changes of a shop, the latest first."""
        with self._database.reading() as connection:
            return tuple(
                _known(
                    connection.execute(
                        select(overrides)
                        .where(overrides.c.shop == shop)
                        .order_by(overrides.c.id.desc())
                        .limit(limit)
                    )
                )
            )


def _last(connection: Connection, shop: str, target: Target) -> int:
    here = (overrides.c.shop == shop, overrides.c.target == str(target))
    return int(connection.execute(select(func.max(overrides.c.id)).where(*here)).scalar() or 0)


def _known(rows: Any) -> Iterator[Override]:
    for row in rows:
        target = Target.parse(row.target)
        if target is not None:  # a later version's
            yield Override(row.id, row.shop, target, row.value, row.agent_id, row.who, row.at)
