"""A pause after wrong passwords, for one login from one address: nobody can lock out somebody elsewhere."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jawab.desk.failures import Refusal

_LONGEST_FACTOR = 15
_CAPACITY = 10_000


@dataclass(frozen=True)
class _Failures:
    number: int
    until: datetime | None


class Lockout:
    """Counts failures in memory, for a bounded number of logins and addresses; a restart forgives."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        attempts: int,
        pause: timedelta,
        capacity: int = _CAPACITY,
    ) -> None:
        self._clock = clock
        self._attempts = attempts
        self._pause = pause
        self._capacity = capacity
        self._failures: OrderedDict[tuple[str, str], _Failures] = OrderedDict()

    def check(self, login: str, address: str) -> None:
        """Pass, or refuse (429) while the pause lasts."""
        failures = self._failures.get((login, address))
        now = self._clock()
        if failures is not None and failures.until is not None and now < failures.until:
            seconds = max(1, round((failures.until - now).total_seconds()))
            raise Refusal(429, "sign_in_paused", headers={"Retry-After": str(seconds)})

    def failed(self, login: str, address: str) -> None:
        """Note a wrong password."""
        key = (login, address)
        before = self._failures.pop(key, _Failures(0, None))
        number = before.number + 1
        over = number - self._attempts
        until = None
        if over >= 0:
            until = self._clock() + self._pause * min(2**over, _LONGEST_FACTOR)
        self._failures[key] = _Failures(min(number, self._attempts + 10), until)
        while len(self._failures) > self._capacity:
            self._failures.popitem(last=False)

    def succeeded(self, login: str, address: str) -> None:
        """Forget the failures."""
        self._failures.pop((login, address), None)
