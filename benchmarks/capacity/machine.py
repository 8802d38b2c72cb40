"""One machine with one of each process: what it bears, and how long shoppers wait on the way there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.capacity.costs import GENERATOR, Costs
from benchmarks.capacity.sizes import BUSY, DAY, PEAK_HOUR, SALE_DAY
from benchmarks.capacity.turn import RASA, came
from benchmarks.turns.script import TURNS

CORES = (1, 2, 4, 8)
SHARES = (0.2, 0.4, 0.6, 0.7, 0.8, 0.9)
ARRIVED = 3_000


@dataclass(frozen=True)
class Waited:
    """Shoppers' times in milliseconds when so large a share of what the machine bears comes at random."""

    cores: int
    share: float
    a_second: float
    p50: float
    p95: float


def bears(costs: Costs, cores: int) -> float:
    """Return the turns a second that so many cores do at most: all of them busy, or the process that has most to do."""
    busiest = max(_alone(costs).values())
    return min(cores / costs.computing, 1 / busiest)


def conversations_a_day(costs: Costs, cores: int) -> float:
    """Return how many conversations a day keep the machine as busy in a sale day's peak as it should be at most."""
    return bears(costs, cores) * BUSY * DAY / TURNS / PEAK_HOUR / SALE_DAY


def waited(costs: Costs, cores: int, *, arrived: int = ARRIVED) -> Iterator[Waited]:
    """Yield the times under growing load, so many turns each; without a load generator on the machine."""
    served = replace(costs, processor={**costs.processor, GENERATOR: 0.0})
    for share in SHARES:
        rate = share * bears(costs, cores)
        chance = random.Random(f"{cores} {share}")  # noqa: S311
        ran = came(served, a_second=rate, turns=arrived, cores=cores, chance=chance)
        yield Waited(cores, share, rate, ran.percentile(50), ran.percentile(95))


def _alone(costs: Costs) -> dict[str, float]:
    """Seconds a turn of everything that does one thing at a time."""
    found = {name: each for name, each in costs.processor.items() if name != GENERATOR}
    return found | {RASA: found[RASA] * (1 - costs.encoding)}
