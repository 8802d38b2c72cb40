"""Looks after those who wait for a person and after the agents who answer, from the database and by the clock.

It keeps nothing of its own, so a desk that was killed goes on where it was; only the agents' absence counts
from the start of the process, for nobody can be heard of while there is no desk.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import anyio
import structlog

from jawab.desk.people import People
from jawab.desk.threads import in_thread
from jawab.support.handovers.handover import due
from jawab.support.handovers.store import HandoverStore

log = structlog.get_logger()

_LONGEST_PAUSE_SECONDS = 10.0


class Watchdog:
    """Does what is due about every open hand-over, again and again."""

    def __init__(
        self,
        handovers: HandoverStore,
        people: People,
        *,
        clock: Callable[[], datetime],
        interval: timedelta,
    ) -> None:
        self._handovers = handovers
        self._people = people
        self._clock = clock
        self._interval = interval.total_seconds()
        self._started = clock()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._started = self._clock()
        self._task = asyncio.create_task(self._watch(), name="watchdog")

    async def stop(self) -> None:
        """Look no more; what is due is done by the next process."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Do what is due now."""
        for watched in await in_thread(self._handovers.watched):
            handover = watched.handover
            todo = due(
                handover,
                now=self._clock(),
                patience=self._people.patience_of(handover.shop),
                chat_open=self._people.chat_is_open(handover.shop),
                agent_seen_at=max(watched.agent_seen_at or self._started, self._started),
            )
            if todo is not None:
                await self._people.settle(handover, todo)

    async def _watch(self) -> None:
        pause = self._interval
        while True:
            await anyio.sleep(pause)
            try:
                await self.look()
                pause = self._interval
            except Exception as error:
                log.error("watchdog.failed", problem=type(error).__qualname__)
                pause = min(max(pause, 0.5) * 2, _LONGEST_PAUSE_SECONDS)
