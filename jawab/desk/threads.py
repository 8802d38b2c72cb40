"""Blocking work off the event loop, in a bounded number of threads: the database's, the photos', the passwords'."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter, to_thread

P = ParamSpec("P")
T = TypeVar("T")

# As many threads as the engine has connections: more would only wait for one.
_CONNECTIONS = 16
# A photo that is unpacked takes up to 200 MB.
_PHOTOS = 2
# A look at the database never waits behind those who use it.
_WATCHES = 4
# A password costs 64 MB and a tenth of a second of a core.
_PASSWORDS = 2
# One for each event loop; anyio's own RunVar does the same for three times the time.
_Limiters: TypeAlias = WeakKeyDictionary[asyncio.AbstractEventLoop, CapacityLimiter]
_database: _Limiters = WeakKeyDictionary()
_workshop: _Limiters = WeakKeyDictionary()
_vault: _Limiters = WeakKeyDictionary()
_watch: _Limiters = WeakKeyDictionary()


async def in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a short blocking function in a thread and return what it returns."""
    limiter = _limiter(_database, _CONNECTIONS)
    return await to_thread.run_sync(partial(function, *args, **kwargs), limiter=limiter)


async def in_workshop(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that takes much time and memory, few at the same time."""
    limiter = _limiter(_workshop, _PHOTOS)
    return await to_thread.run_sync(partial(function, *args, **kwargs), limiter=limiter)


async def in_vault(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that checks a password, few at the same time."""
    limiter = _limiter(_vault, _PASSWORDS)
    return await to_thread.run_sync(partial(function, *args, **kwargs), limiter=limiter)


async def on_watch(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that only looks how things are; who stops waiting for it does not wait for its end."""
    limiter = _limiter(_watch, _WATCHES)
    call = partial(function, *args, **kwargs)
    return await to_thread.run_sync(call, limiter=limiter, abandon_on_cancel=True)


async def at_leisure(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that does nothing but wait, in a thread that nobody else needs; who stops waiting leaves it to its end."""
    call = partial(function, *args, **kwargs)
    return await to_thread.run_sync(call, limiter=CapacityLimiter(1), abandon_on_cancel=True)


def _limiter(kept: _Limiters, number: int) -> CapacityLimiter:
    loop = asyncio.get_running_loop()
    limiter = kept.get(loop)
    if limiter is None:
        kept[loop] = limiter = CapacityLimiter(number)
    return limiter
