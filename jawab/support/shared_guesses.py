"""Guesses counted in Redis, for all desks and action servers together; while Redis is away each process counts for itself."""

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from redis import Redis
from redis.exceptions import RedisError

from jawab.support.errors import TooManyGuesses
from jawab.support.guesses import Guesses

log = structlog.get_logger()

_PREFIX = "jawab:guesses:"
_REDIS_SECONDS = 0.5
_RECOVERY_SECONDS = 5.0

# Looks at all keys and counts in all of them as one step (https://redis.io/docs/latest/develop/programmability/eval-intro/). A key is the
# moments of its attempts, sorted. Arguments: now and the window in milliseconds, the attempt's name, a limit for each key; the
# answer: how many milliseconds there are to wait, 0 when the attempt was counted.
_ATTEMPT = """
local now, window = tonumber(ARGV[1]), tonumber(ARGV[2])
for at, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
  if redis.call('ZCARD', key) >= tonumber(ARGV[3 + at]) then
    local oldest = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    return math.max(1, tonumber(oldest[2]) + window - now)
  end
end
for _, key in ipairs(KEYS) do
  redis.call('ZADD', key, now, ARGV[3])
  redis.call('PEXPIRE', key, window)
end
return 0
"""


class SharedGuesses(Guesses):
    """As `Guesses`, in Redis. Its methods wait for Redis, half a second at most: call them in a thread."""

    def __init__(self, url: str, *, window: timedelta, clock: Callable[[], datetime]) -> None:
        super().__init__(window=window, clock=clock)
        self._milliseconds = int(window.total_seconds() * 1000)
        self._redis = Redis.from_url(
            url, socket_timeout=_REDIS_SECONDS, socket_connect_timeout=_REDIS_SECONDS
        )
        self._attempt = self._redis.register_script(_ATTEMPT)
        self._away_until = 0.0

    def attempt(self, limits: Mapping[str, int]) -> None:
        """Count one attempt for each key, or `TooManyGuesses` when one has had as many as its limit allows."""
        now = int(self._clock().timestamp() * 1000)
        arguments = [now, self._milliseconds, f"{now} {secrets.token_hex(4)}", *limits.values()]
        if self._away():
            return super().attempt(limits)
        try:
            wait = int(self._attempt(keys=[*map(_key, limits)], args=arguments))
        except (RedisError, OSError) as error:
            self._is_away(error)
            return super().attempt(limits)
        if wait:
            raise TooManyGuesses(wait // 1000 + 1)

    def right(self, limits: Mapping[str, int]) -> None:
        """Take the last attempt back: it was no guess."""
        super().right(limits)
        if self._away():
            return
        try:
            with self._redis.pipeline() as together:
                for key in limits:
                    together.zpopmax(_key(key))
                together.execute()
        except (RedisError, OSError) as error:
            self._is_away(error)

    def _away(self) -> bool:
        return time.monotonic() < self._away_until

    def _is_away(self, error: Exception) -> None:
        self._away_until = time.monotonic() + _RECOVERY_SECONDS
        log.warning("guesses.redis_away", problem=type(error).__qualname__)


def guesses_of(
    redis_url: str | None, *, window: timedelta, clock: Callable[[], datetime]
) -> Guesses:
    """Counted in Redis where there is one, else in this process."""
    if redis_url is None:
        return Guesses(window=window, clock=clock)
    return SharedGuesses(redis_url, window=window, clock=clock)


def _key(key: str) -> str:
    # Keys name addresses, logins and references: Redis need not know them.
    return _PREFIX + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
