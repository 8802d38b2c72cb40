"""The lookout: sees what owners have set at another desk of the same database. What is set here holds at once."""

import asyncio
from datetime import timedelta

from jawab.desk.threads import in_thread
from jawab.support.overrides.current import Current


class Lookout:
    """Looks at the database's overrides, again and again."""

    def __init__(self, current: Current, *, interval: timedelta) -> None:
        self._current = current
        self._interval = interval.total_seconds()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look once, and go on looking."""
        await in_thread(self._current.look)
        self._task = asyncio.create_task(self._watch(), name="lookout")

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            await in_thread(self._current.look)  # a database that is away is its own matter
