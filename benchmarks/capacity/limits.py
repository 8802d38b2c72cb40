"""What breaks first: for each part, how many conversations a day bring it to its limit, and what to do then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.capacity.sizes import BUSY, NEWS, Measured, Size

# Assumed of others' parts, on the careful side of what is commonly reported; not measured here.
POSTGRES_WRITES = 5_000
POSTGRES_CONNECTIONS = 500
REDIS_COMMANDS = 80_000
REDIS_DELIVERIES = 300_000
HEARING_SECONDS = 0.0001
HEARING_SHARE = 0.1
ROWS = 1e9
TERABYTES = 1.0
MOST = 1e9


@dataclass(frozen=True)
class Limit:
    """A part that bears so much of what grows with the load; ``assumed`` tells that how much was not measured here."""

    part: str
    need: Callable[[Size], float]
    most: float
    remedy: str
    assumed: bool = True

    def reached(self, measured: Measured) -> float:
        """Return the conversations a day at which the need meets what there is."""
        low, high = 1.0, MOST
        if self.need(Size(high, measured)) < self.most:
            return high
        for _ in range(60):
            middle = (low * high) ** 0.5
            if self.need(Size(middle, measured)) < self.most:
                low = middle
            else:
                high = middle
        return high


LIMITS = (
    Limit(
        "two cores of one machine",
        lambda size: size.cores,
        2 * BUSY,
        "more cores in the same machine, three or four of them: nothing to change",
        assumed=False,
    ),
    Limit(
        "one Rasa server",
        lambda size: size.turns * size.measured.rasa,
        BUSY,
        "several Rasa servers behind nginx: PostgreSQL and Redis ([scaling.md](scaling.md))",
        assumed=False,
    ),
    Limit(
        "one desk: its processor time",
        lambda size: size.turns * size.measured.desk,
        BUSY,
        "several desks; SQLite's one writer ends here too",
        assumed=False,
    ),
    Limit(
        "one desk: its open streams",
        lambda size: size.streams / size.measured.streams_a_desk,
        1,
        "several desks; more open files a process (`ulimit -n`)",
    ),
    Limit(
        "news: every desk hears of every message",
        lambda size: size.turns * NEWS * HEARING_SECONDS if size.desks > 1 else 0.0,
        HEARING_SHARE,
        "a channel of news for each group of conversations, and the ingress sends a conversation to the desks of its group",
    ),
    Limit(
        "connections to PostgreSQL",
        lambda size: size.connections,
        POSTGRES_CONNECTIONS,
        "PgBouncer before it (transactions are short, nothing is kept in a session); smaller pools",
    ),
    Limit(
        "transactions of one PostgreSQL",
        lambda size: size.writes,
        POSTGRES_WRITES,
        "trackers in a server of their own (a setting today), then shops apart; pages of figures from a replica",
    ),
    Limit(
        "deliveries of one Redis",
        lambda size: size.heard,
        REDIS_DELIVERIES,
        "sharded channels of Redis Cluster (SSUBSCRIBE), by the same groups of conversations",
    ),
    Limit(
        "commands of one Redis",
        lambda size: size.commands,
        REDIS_COMMANDS,
        "locks, counts and news in three servers: three addresses, as each is used by itself",
    ),
    Limit(
        "rows of one table: messages of a year",
        lambda size: size.messages,
        ROWS,
        "`JAWAB_RETENTION_DAYS`; then partitions by month, and old ones moved to an archive",
    ),
    Limit(
        "disk: a year of both databases",
        lambda size: size.terabytes,
        TERABYTES,
        "`JAWAB_RETENTION_DAYS`: what is over is erased, Rasa's trackers with it",
    ),
)


def reached(measured: Measured) -> Iterator[tuple[float, Limit]]:
    """Yield all limits with their conversations a day, the first to break first."""
    yield from sorted(
        ((limit.reached(measured), limit) for limit in LIMITS), key=lambda pair: pair[0]
    )
