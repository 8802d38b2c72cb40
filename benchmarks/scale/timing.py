"""Medians of how long something takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

RUNS = 40


def median_ms(action: Callable[[], object], *, runs: int = RUNS) -> float:
    """Return the median of so many runs in milliseconds; the first does not count."""
    action()
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        action()
        taken.append(1000 * (time.perf_counter() - begin))
    return round(statistics.median(taken), 3)
