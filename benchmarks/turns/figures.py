"""What was measured, and what follows from it: percentiles, and ratios with their spread over the rounds."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.turns.load import Heard

STEPS = 20


@dataclass(frozen=True)
class Sample:
    """One run of the load generator against one system; times in milliseconds, processor time a turn.

    ``generator`` is the load generator's own processor time a turn, ``opened`` how many conversations began,
    ``quantiles`` the times from the least to the greatest in twenty steps, and ``others`` how many cores were kept busy by
    what is neither of them: the systems that wait, and whatever else the machine does.
    """

    round: int
    system: str
    conversations: int
    turns: int
    failures: int
    a_second: float
    p50: float
    p95: float
    p99: float
    processor: Mapping[str, float]
    generator: float = 0.0
    opened: int = 0
    quantiles: Sequence[float] = ()
    others: float = 0.0

    @classmethod
    def of(
        cls,
        heard: Heard,
        *,
        round: int,
        system: str,
        conversations: int,
        processor: Mapping[str, float],
        everybody: float = 0.0,
    ) -> Sample:
        """Sum up what was heard; ``processor`` is in seconds, and so is ``everybody``, all of the machine's."""
        turns = len(heard.milliseconds)
        if not turns:
            raise RuntimeError(
                f"system {system} answered none of its {heard.failures} messages; see its log"
            )
        p50, p95, p99 = np.percentile(heard.milliseconds, [50, 95, 99])
        others = everybody - sum(processor.values()) - heard.own_seconds
        quantiles = np.percentile(heard.milliseconds, np.linspace(0, 100, STEPS + 1))
        return cls(
            round, system, conversations, turns, heard.failures, round2(heard.a_second),
            round2(p50), round2(p95), round2(p99),
            {name: round2(1000 * seconds / turns) for name, seconds in processor.items()},
            round2(1000 * heard.own_seconds / turns), heard.opened,
            [round2(each) for each in quantiles], round2(max(0.0, others) / heard.seconds),
        )  # fmt: skip


@dataclass(frozen=True)
class Spread:
    """A median and the least and the greatest of what it is of."""

    median: float
    least: float
    greatest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of some values.

        >>> str(Spread.of([4.0, 5.0, 9.0]))
        '5.0 (4.0–9.0)'
        """
        return cls(statistics.median(values), min(values), max(values))

    def __str__(self) -> str:
        if self.least == self.greatest:
            return shown(self.median)
        return f"{shown(self.median)} ({shown(self.least)}–{shown(self.greatest)})"


def shown(value: float) -> str:
    """Return a number with as many places as it deserves.

    >>> shown(0.0432), shown(4.31), shown(43.1), shown(431.2)
    ('0.043', '4.3', '43', '431')
    """
    if value < 1:
        return f"{value:.2g}"
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def round2(value: float) -> float:
    """Return a number with two places."""
    return round(float(value), 2)


def of_system(samples: Sequence[Sample], system: str, conversations: int) -> list[Sample]:
    """Return one system's samples under one load, round by round."""
    return [s for s in samples if s.system == system and s.conversations == conversations]


def saturation(samples: Sequence[Sample], system: str) -> dict[int, float]:
    """Return each round's greatest throughput under any load."""
    best: dict[int, float] = {}
    for sample in samples:
        if sample.system == system:
            best[sample.round] = max(sample.a_second, best.get(sample.round, 0.0))
    return best


def throughputs(samples: Sequence[Sample], one: str, other: str) -> Spread:
    """How many times the other's throughput at saturation one has, over the rounds."""
    mine, theirs = saturation(samples, one), saturation(samples, other)
    return Spread.of([mine[number] / theirs[number] for number in mine])


def medians(samples: Sequence[Sample], one: str, other: str, conversations: int) -> Spread:
    """What share of the other's median time one has under this load, over the rounds."""
    return Spread.of(
        [
            mine.p50 / theirs.p50
            for mine, theirs in zip(
                of_system(samples, one, conversations),
                of_system(samples, other, conversations),
                strict=True,
            )
        ]
    )


def processor_times(samples: Sequence[Sample], one: str, other: str, conversations: int) -> Spread:
    """What share of the other's processor time a turn one takes under this load, all processes together."""
    return Spread.of(
        [
            sum(mine.processor.values()) / sum(theirs.processor.values())
            for mine, theirs in zip(
                of_system(samples, one, conversations),
                of_system(samples, other, conversations),
                strict=True,
            )
        ]
    )


def median_of(samples: Sequence[Sample], read: Callable[[Sample], float]) -> float:
    """Return the median over the rounds of one figure."""
    return statistics.median(read(sample) for sample in samples)
