"""From conversations a day to processes, machines, rows, bytes, streams and connections: plain arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass

from benchmarks.turns.script import TURNS

DAY = 86_400
YEAR_DAYS = 365

# What is assumed, not measured; docs/capacity.md says why.
PEAK_HOUR = 3.0
SALE_DAY = 5.0
BUSY = 0.6
OPEN_SECONDS = 600
MACHINE_CORES = 8

# What the code does, counted in it (tests/unit/benchmarks/test_capacity_counts.py).
DESK_WRITES = 2
TRACKER_WRITES = 1
NEWS = 4
LOCK_COMMANDS = 2
COUNTS = 3
DESK_CONNECTIONS = 16
ACTION_CONNECTIONS = 16
RASA_CONNECTIONS = 10


@dataclass(frozen=True)
class Measured:
    """What a turn costs and leaves behind: seconds of a core by process, megabytes by process, and bytes and rows."""

    desk: float
    rasa: float
    actions: float
    megabytes: dict[str, float]
    desk_bytes: float
    tracker_bytes: float
    messages: float
    events: float
    stream_kilobytes: float
    streams_a_desk: int

    @property
    def computing(self) -> float:
        """Seconds of a core a turn."""
        return self.desk + self.rasa + self.actions


@dataclass(frozen=True)
class Size:
    """So many conversations a day, and what they need in the busiest second of a sale day unless it says otherwise."""

    conversations: float
    measured: Measured

    @property
    def ordinary(self) -> float:
        """Turns a second in the mean of an ordinary day."""
        return self.conversations * TURNS / DAY

    @property
    def turns(self) -> float:
        """Turns a second in the peak hour of a sale day."""
        return self.ordinary * PEAK_HOUR * SALE_DAY

    @property
    def cores(self) -> float:
        """Cores at work."""
        return self.turns * self.measured.computing

    @property
    def streams(self) -> float:
        """Event streams open at once: one a conversation, for as long as its page is open."""
        return self.turns / TURNS * OPEN_SECONDS

    @property
    def desks(self) -> int:
        """Desks: by processor time, or by streams."""
        by_streams = math.ceil(self.streams / self.measured.streams_a_desk)
        return max(_processes(self.turns * self.measured.desk), by_streams)

    @property
    def rasas(self) -> int:
        """Rasa servers."""
        return _processes(self.turns * self.measured.rasa)

    @property
    def action_servers(self) -> int:
        """Action servers."""
        return _processes(self.turns * self.measured.actions)

    @property
    def machines(self) -> int:
        """Machines of eight cores, by processor time alone."""
        return max(1, math.ceil(self.cores / BUSY / MACHINE_CORES))

    @property
    def gigabytes(self) -> float:
        """Memory of all processes and streams."""
        each = self.measured.megabytes
        processes = (
            self.desks * each["desk"]
            + self.rasas * each["rasa"]
            + self.action_servers * each["actions"]
        )
        return processes / 1e3 + self.streams * self.measured.stream_kilobytes / 1e6

    @property
    def writes(self) -> float:
        """Transactions a second that write, desks' and Rasa servers'."""
        return self.turns * (DESK_WRITES + TRACKER_WRITES)

    @property
    def connections(self) -> int:
        """Connections to PostgreSQL when all pools are full."""
        return (
            self.desks * DESK_CONNECTIONS
            + self.action_servers * ACTION_CONNECTIONS
            + self.rasas * RASA_CONNECTIONS
        )

    @property
    def commands(self) -> float:
        """Redis commands a second: locks, counts of requests, news said."""
        return self.turns * (LOCK_COMMANDS + COUNTS + NEWS)

    @property
    def heard(self) -> float:
        """News that Redis delivers a second: each desk hears all of it."""
        return self.turns * NEWS * self.desks if self.desks > 1 else 0.0

    @property
    def rows(self) -> float:
        """Rows of messages and of Rasa's events, a year of ordinary days."""
        return self._turns_a_year * (self.measured.messages + self.measured.events)

    @property
    def messages(self) -> float:
        """Rows of messages alone, a year of ordinary days."""
        return self._turns_a_year * self.measured.messages

    @property
    def terabytes(self) -> float:
        """Both databases after a year of ordinary days, when nothing is deleted."""
        return self._turns_a_year * (self.measured.desk_bytes + self.measured.tracker_bytes) / 1e12

    @property
    def _turns_a_year(self) -> float:
        return self.conversations * TURNS * YEAR_DAYS


def _processes(cores: float) -> int:
    # Each works on one core: an event loop, and threads that share Python's lock.
    return max(1, math.ceil(cores / BUSY))
