"""The database's work of several conversations done together: what comes in while others' is done is done next, all at once.

So a busy desk waits for the disk once for many messages, and its threads are not woken for each of them. Where much comes, a moment
is given to it to come together, which spares a sixth of the processor's time.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ParamSpec, TypeAlias, TypeVar

from jawab.desk.threads import in_thread
from jawab.support.database import Database, Outcome

P = ParamSpec("P")
T = TypeVar("T")

_Job: TypeAlias = Callable[[], Any]

# Whoever comes next waits for all of these; each takes half a millisecond beside the disk.
_MOST = 100
# Much is what some sixty messages a second bring with them; one shopper, however fast, waits for nobody.
_MUCH, _LATELY = 20, 0.1
_MOMENT = 0.003


class Together:
    """Runs short functions that read or write the database. Only for the event loop's thread.

    Each gets what its own function returns or raises. On a server, which serves several at a time, each goes alone.
    """

    def __init__(self, database: Database) -> None:
        self._alone = not database.has_one_writer
        crowd = Crowd()
        self._reads = _Lane(database.read_together, crowd)
        self._writes = _Lane(database.write_together, crowd)

    async def read(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function that reads, and writes little and seldom."""
        run = in_thread if self._alone else self._reads.run
        return await run(function, *args, **kwargs)

    async def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function that writes; what it returns is committed."""
        run = in_thread if self._alone else self._writes.run
        return await run(function, *args, **kwargs)


class Crowd:
    """Knows whether much has come lately. Moments are in seconds, by any clock that goes on evenly."""

    def __init__(self) -> None:
        self._lately: deque[float] = deque(maxlen=_MUCH)

    def came(self, now: float) -> None:
        """One more has come."""
        self._lately.append(now)

    def is_there(self, now: float) -> bool:
        """Whether it pays to wait a moment for more."""
        return len(self._lately) == _MUCH and now - self._lately[0] < _LATELY


class _Lane:
    """Jobs of one kind, some of which are in a thread while others wait. What was handed in is done, whoever stops waiting."""

    def __init__(self, run_all: Callable[[Sequence[_Job]], list[Outcome]], crowd: Crowd) -> None:
        self._run_all = run_all
        self._crowd = crowd
        self._waiting: list[tuple[_Job, asyncio.Future[Any]]] = []
        self._running: asyncio.Task[None] | None = None

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        self._crowd.came(loop.time())
        done: asyncio.Future[T] = loop.create_future()
        self._waiting.append((partial(function, *args, **kwargs), done))
        if self._running is None:
            self._running = loop.create_task(self._run(), name="database")
        return await done

    async def _run(self) -> None:
        try:
            while self._waiting:
                if self._crowd.is_there(asyncio.get_running_loop().time()):
                    await asyncio.sleep(_MOMENT)
                taken, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                jobs = [job for job, _ in taken]
                try:
                    outcomes = await in_thread(self._run_all, jobs)
                except Exception as error:
                    outcomes = [Outcome(error=error)] * len(taken)
                for (_, done), outcome in zip(taken, outcomes, strict=True):
                    _tell(done, outcome)
        finally:
            self._running = None


def _tell(done: "asyncio.Future[Any]", outcome: Outcome) -> None:
    if done.done():  # who asked was ended, and waits no more
        return
    if outcome.error is not None:
        done.set_exception(outcome.error)
    else:
        done.set_result(outcome.value)
