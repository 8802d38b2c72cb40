"""A trial of a proposed change as the desk keeps it: how far it is, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

LEASE = timedelta(seconds=30)
"""A trial that nobody has looked after for so long has lost its desk."""


class TrialState(str, Enum):
    """Where a trial stands."""

    RUNNING = "running"
    STOPPING = "stopping"  # somebody wants it to end
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"  # by a person
    LOST = "lost"  # its desk was stopped or has gone

    @property
    def open(self) -> bool:
        """Whether it is still going on."""
        return self in (TrialState.RUNNING, TrialState.STOPPING)


@dataclass(frozen=True)
class Trial:
    """One trial of a mark's change; `result` is what `jawab learn try --json` prints, `told` why it failed."""

    id: int
    mark_id: int
    control: bool
    state: TrialState
    step: str
    done: int
    of: int
    who: str
    at: datetime
    seen_at: datetime
    ended_at: datetime | None
    result: Mapping[str, Any] | None
    told: str | None

    def is_forsaken(self, now: datetime) -> bool:
        """Whether it counts as going on, but its desk has not looked after it within the lease."""
        return self.state.open and self.seen_at + LEASE < now
