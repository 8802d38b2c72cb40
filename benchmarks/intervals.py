"""How sure a figure is: the bootstrap (Efron 1979)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 2000


@dataclass(frozen=True)
class Interval:
    """A mean and the bounds between which it lies in 95 of 100 resamplings."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} ({self.low:.3f}–{self.high:.3f})"


def bootstrap(hits: Sequence[bool], *, seed: int = 0) -> Interval:
    """Return the share of hits and its 95 % interval; rows are drawn anew with replacement.

    >>> str(bootstrap([True] * 90 + [False] * 10))
    '0.900 (0.840–0.950)'
    """
    if not hits:
        raise ValueError("no rows, no interval")
    drawn = np.random.default_rng(seed).binomial(len(hits), sum(hits) / len(hits), DRAWS)
    low, high = np.quantile(drawn / len(hits), [0.025, 0.975])
    return Interval(sum(hits) / len(hits), float(low), float(high))


def paired(ours: Sequence[bool], others: Sequence[bool], *, seed: int = 0) -> Interval:
    """Return how many more hits ``ours`` has than ``others`` on the same rows, as a share, with its interval."""
    gaps = np.asarray(ours, dtype=np.float64) - np.asarray(others, dtype=np.float64)
    chance = np.random.default_rng(seed)
    means = [gaps[chance.integers(0, len(gaps), len(gaps))].mean() for _ in range(DRAWS)]
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(gaps.mean()), float(low), float(high))
