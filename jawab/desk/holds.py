"""How a desk holds what it works on, so that others of the same database leave it alone; a desk that dies lets go by time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jawab.support.conversations.turn import Hold

# The first part of a hold may be spent waiting for one's place, what remains is enough for an attempt.
_FRESH = 4


@dataclass(frozen=True)
class Holds:
    """Makes holds in the name of this desk, each for as long as one attempt can take at most."""

    desk: str
    lifetime: timedelta
    clock: Callable[[], datetime]

    def begin(self, *, until: datetime | None = None) -> Hold:
        """A hold from now on; for a pause, counted from its end."""
        now = self.clock()
        return Hold(self.desk, now, max(until or now, now) + self.lifetime)

    def is_fresh(self, hold: Hold) -> bool:
        """Whether there is still time for a whole attempt in a hold of ours."""
        return self.clock() - hold.since < self.lifetime / _FRESH
