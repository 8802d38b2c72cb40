"""What one desk alone does among several of one database: it holds a lease, and another takes over when the lease runs out."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from jawab.desk.threads import in_thread
from jawab.support.leases import LeaseStore

log = structlog.get_logger()

# Longer than a long poll; a desk that has died is missed for so long at most.
LEASE = timedelta(seconds=90)
# How soon a desk that was not given a lease asks again, in seconds.
WAIT_SECONDS = 10.0


class Sole:
    """The leases in the name of this desk."""

    def __init__(self, store: LeaseStore, desk: str, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock

    async def may(self, name: str) -> bool:
        """Whether this desk is the one to do this, for a minute and a half from now."""
        now = self._clock()
        return await in_thread(self._store.take, name, by=self._desk, now=now, until=now + LEASE)

    async def give_back(self) -> None:
        """Leave everything to the others; without a database they wait until the leases have run out."""
        try:
            await in_thread(self._store.give_back, self._desk)
        except SQLAlchemyError as error:
            log.error("leases.not_given_back", problem=type(error).__qualname__)
