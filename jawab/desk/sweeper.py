"""Has what was kept long enough erased, again and again (docs/privacy.md)."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from jawab.desk.threads import in_thread
from jawab.privacy.sweep import Sweep

log = structlog.get_logger()


class Sweeper:
    """Sweeps at the start, then after each pause. A sweep that fails is the next one's business."""

    def __init__(self, sweep: Sweep, *, clock: Callable[[], datetime], interval: timedelta) -> None:
        self._sweep = sweep
        self._clock = clock
        self._interval = interval.total_seconds()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run(), name="sweeper")

    async def stop(self) -> None:
        """Leave off; what is under way in its thread comes to the end of its transaction."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                counts = await in_thread(self._sweep.run, now=self._clock())
                if counts:
                    log.info("sweep.done", **counts)
            except Exception as error:
                log.error("sweep.failed", problem=type(error).__qualname__)
            await asyncio.sleep(self._interval)
