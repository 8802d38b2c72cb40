"""What an owner wants to know of a while: how conversations went, how fast people answered, what shoppers asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from math import ceil
from statistics import median

from jawab.text.lang import Lang


class Fate(str, Enum):
    """How a conversation went, as it stands now. Each has exactly one: the first of these that holds.

    A conversation in which the shopper wrote nothing has none, and is counted apart.
    """

    HANDED = "handed"  # a person took it, or it still waits for one
    TICKET = "ticket"  # nobody took it, and a ticket was opened in it
    LEFT = "left"  # the last word was not understood, not answered or asked for people and none came; or a thumb down
    CONFIRMED = "confirmed"  # answered by the bot, and a thumb up as the last verdict, or thanks
    ANSWERED = "answered"  # answered by the bot, and nothing more was said of it
    TALK = "talk"  # no question of the FAQ was asked


@dataclass(frozen=True)
class Scope:
    """What is counted: what began from `start` to before `end`, in these shops (none named: all), in one language or all, by
    one way (the site, a messaging app) or all.
    """

    start: datetime
    end: datetime
    shops: tuple[str, ...] = ()
    lang: Lang | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Spread:
    """Times in seconds: how many, their median and 90th percentile, and how many of `judged` kept the promise."""

    count: int = 0
    median: float | None = None
    ninety: float | None = None
    kept: int = 0
    judged: int = 0

    @property
    def share(self) -> float | None:
        """The share that kept the promise, of those that can be judged by now."""
        return self.kept / self.judged if self.judged else None


@dataclass(frozen=True)
class Wait:
    """Somebody waited from `since` for what came `at` (None: not yet) and was promised by `due`.

    `over` when it will not come any more. Without a `due` nothing is judged.
    """

    since: datetime
    due: datetime | None
    at: datetime | None
    over: bool = False


@dataclass(frozen=True)
class Figures:
    """Everything the page shows. Quarters of an hour are counted from 1970 in UTC, so that each zone finds its days."""

    fates: Mapping[Fate, int]
    silent: int
    fates_by_lang: Mapping[tuple[Lang, Fate], int]
    fates_by_channel: Mapping[tuple[str, Fate], int]
    fates_by_quarter: Mapping[tuple[int, Fate], int]
    turns: int
    misunderstood: int
    offered: int
    apologised: int
    questions: Sequence[tuple[str, int]]
    unknown: Sequence[tuple[datetime, str, str]]  # when, the shop, the words
    first_answer: Spread
    solution: Spread
    chat: Spread
    tickets: int
    solved: int
    reopened: int
    asked: int
    stars: Mapping[int, int]

    @property
    def conversations(self) -> int:
        """How many conversations shoppers wrote in."""
        return sum(self.fates.values())


def spread(waits: Sequence[Wait], *, now: datetime) -> Spread:
    """The spread of what has come. What is overdue and has not come did not keep its promise; what is still in time,
    is not judged.
    """
    came = sorted((one.at - one.since).total_seconds() for one in waits if one.at is not None)
    judged = [
        one
        for one in waits
        if one.due is not None and (one.at is not None or one.over or one.due < now)
    ]
    kept = sum(one.at is not None and one.due is not None and one.at <= one.due for one in judged)
    if not came:
        return Spread(kept=kept, judged=len(judged))
    return Spread(len(came), median(came), percentile(came, 90), kept, len(judged))


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile of values in order.

    >>> percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90)
    9
    """
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]
