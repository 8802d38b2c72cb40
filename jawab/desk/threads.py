"""Blocking work (the database) off the event loop, in a bounded number of threads."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

P = ParamSpec("P")
T = TypeVar("T")

# As many threads as the engine has connections: more would only wait for one.
_CONNECTIONS = 16
_limiter: RunVar[CapacityLimiter] = RunVar("jawab_database_threads")


async def in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a short blocking function in a thread and return what it returns."""
    try:
        limiter = _limiter.get()
    except LookupError:
        limiter = CapacityLimiter(_CONNECTIONS)
        _limiter.set(limiter)
    return await to_thread.run_sync(partial(function, *args, **kwargs), limiter=limiter)
