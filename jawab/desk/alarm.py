"""Brings tickets that were put off back into the queue when their time comes; what was due while no desk ran comes at the start."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import anyio
import structlog

from jawab.desk.hub import AGENTS, QUEUE, Hub, News
from jawab.desk.threads import in_thread
from jawab.support.tickets.snoozes import SnoozeStore

log = structlog.get_logger()

_LONGEST_PAUSE_SECONDS = 60.0


class Alarm:
    """Looks again and again, and lets the agents' streams know."""

    def __init__(
        self,
        snoozes: SnoozeStore,
        hub: Hub,
        *,
        clock: Callable[[], datetime],
        interval: timedelta,
    ) -> None:
        self._snoozes = snoozes
        self._hub = hub
        self._clock = clock
        self._interval = interval.total_seconds()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._watch(), name="alarm")

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Bring back what is due now."""
        for reference in await in_thread(self._snoozes.wake_due, now=self._clock()):
            log.info("ticket.awoke", ticket=reference)
            self._hub.publish(AGENTS, News(QUEUE))

    async def _watch(self) -> None:
        pause = self._interval
        while True:
            try:
                await self.look()
                pause = self._interval
            except Exception as error:
                log.error("alarm.failed", problem=type(error).__qualname__)
                pause = min(max(pause, 0.5) * 2, _LONGEST_PAUSE_SECONDS)
            await anyio.sleep(pause)
