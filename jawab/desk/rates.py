"""How often somebody came lately: counted in this process, or in Redis for all desks together.

https://limits.readthedocs.io/ counts in windows that begin with the first request and end by themselves.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

import structlog
from anyio import CapacityLimiter, to_thread
from limits import RateLimitItem
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

log = structlog.get_logger()

_MOST_KEYS = 100_000
_REDIS_SECONDS = 0.5  # one question to Redis; a slower one is as good as none
_RECOVERY_SECONDS = 5.0  # so long Redis is left alone after it did not answer
_REDIS_THREADS = 8


class Memory(Storage):
    """The library's storage for one process, bounded: whoever comes from ever new addresses fills no memory.

    The library's own looks at every key after each request, which a flood makes many.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._clock = clock
        self._counts: OrderedDict[str, tuple[int, float]] = OrderedDict()  # the newest window last

    def incr(self, key: str, expiry: int, elastic_expiry: bool = False, amount: int = 1) -> int:
        """Count, in the window that is open or in one that begins now."""
        now = self._clock()
        count, end = self._counts.get(key, (0, 0.0))
        if end <= now or elastic_expiry:
            count, end = (count if end > now else 0), now + expiry
            self._counts.pop(key, None)
        self._counts[key] = (count + amount, end)
        if len(self._counts) > _MOST_KEYS:
            self._counts.popitem(last=False)
        return count + amount

    def get(self, key: str) -> int:
        """The count of the window that is open."""
        count, end = self._counts.get(key, (0, 0.0))
        return count if end > self._clock() else 0

    def get_expiry(self, key: str) -> int:
        """When the window ends, in seconds since 1970."""
        return math.ceil(self._counts.get(key, (0, self._clock()))[1])

    def check(self) -> bool:
        """Always there."""
        return True

    def reset(self) -> None:
        """Forget everybody."""
        self._counts.clear()

    def clear(self, key: str) -> None:
        """Forget one."""
        self._counts.pop(key, None)


class Rates:
    """Counts what comes. Without Redis, or while it is away, each process counts for itself."""

    def __init__(
        self, redis_url: str | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._clock = clock
        self._memory = Memory(clock)
        self._here = FixedWindowRateLimiter(self._memory)
        self._redis: RedisStorage | None = None
        if redis_url is not None:
            self._redis = RedisStorage(
                redis_url,
                socket_timeout=_REDIS_SECONDS,
                socket_connect_timeout=_REDIS_SECONDS,
            )
            self._shared = FixedWindowRateLimiter(self._redis)
            self._threads = CapacityLimiter(_REDIS_THREADS)
        self._away_until = 0.0

    async def wait(self, rate: RateLimitItem, *key: str) -> int:
        """Count one request under this key; 0 when it is within the rate, else the seconds until one will be."""
        if self._redis is not None and self._clock() >= self._away_until:
            try:
                return await to_thread.run_sync(
                    self._asked, self._shared, rate, key, limiter=self._threads
                )
            except (RedisError, OSError) as error:
                self._away_until = self._clock() + _RECOVERY_SECONDS
                log.warning("rates.redis_away", problem=type(error).__qualname__)
        return self._asked(self._here, rate, key)

    def _asked(
        self, limiter: FixedWindowRateLimiter, rate: RateLimitItem, key: tuple[str, ...]
    ) -> int:
        if limiter.hit(rate, *key):
            return 0
        end, _ = limiter.get_window_stats(rate, *key)
        return max(1, math.ceil(end - self._clock()))

    def close(self) -> None:
        """Let the connections go."""
        if self._redis is not None:
            self._redis.storage.close()
