"""A limit on guessing: so many wrong answers for one thing, or from one address, within a time."""

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock

from jawab.support.errors import TooManyGuesses

_MOST_KEYS = 100_000


class Guesses:
    """Counts attempts by key in this process. Right ones are taken back, so an owner may look as often as they like."""

    def __init__(self, *, window: timedelta, clock: Callable[[], datetime]) -> None:
        self._window = window
        self._clock = clock
        self._made: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def attempt(self, limits: Mapping[str, int]) -> None:
        """Count one attempt for each key, or `TooManyGuesses` when one has had as many as its limit allows."""
        with self._lock:
            now = self._clock()
            for key, limit in limits.items():
                made = self._recent(key, now)
                if len(made) >= limit:
                    wait = made[0] + self._window - now
                    raise TooManyGuesses(max(int(wait.total_seconds()) + 1, 1))
            for key in limits:
                self._made.setdefault(key, deque()).append(now)
                self._made.move_to_end(key)
            while len(self._made) > _MOST_KEYS:
                self._made.popitem(last=False)

    def right(self, limits: Mapping[str, int]) -> None:
        """Take the last attempt back: it was no guess."""
        with self._lock:
            for key in limits:
                made = self._made.get(key)
                if made:
                    made.pop()
                if not made:
                    self._made.pop(key, None)

    def _recent(self, key: str, now: datetime) -> deque[datetime]:
        made = self._made.get(key)
        if made is None:
            return deque()
        while made and made[0] <= now - self._window:
            made.popleft()
        return made
