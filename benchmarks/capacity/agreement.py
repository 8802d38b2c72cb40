"""The simulation beside what was measured."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.capacity.costs import BOT, CALIBRATED, END_TO_END, costs, others
from benchmarks.capacity.turn import closed
from benchmarks.turns.figures import Sample, of_system
from benchmarks.turns.ratios import Result
from benchmarks.turns.report import samples_of

RUNS = 5
FIGURES = ("turns a second", "p50 ms", "p95 ms")


@dataclass(frozen=True)
class Point:
    """One figure under one load: as it was measured, and as simulated."""

    system: str
    conversations: int
    figure: str
    measured: float
    simulated: float

    @property
    def error(self) -> float:
        """How far the simulation is off, in per cent of what was measured."""
        return 100 * (self.simulated / self.measured - 1)

    @property
    def foretold(self) -> bool:
        """Whether nothing of this load's run went into the model."""
        return self.conversations not in CALIBRATED


def points(result: Result, *, runs: int = RUNS) -> Iterator[Point]:
    """Yield throughput, p50 and p95 of (a) and (b) under each load of a run of `make bench`."""
    samples = samples_of(result)
    for system in (END_TO_END, BOT):
        for load in result["size"]["conversations"]:
            measured = _measured(of_system(samples, system, load))
            simulated = _simulated(result, samples, system, load, runs)
            for figure, real, made in zip(FIGURES, measured, simulated, strict=True):
                yield Point(system, load, figure, real, made)


def mean_error(found: Sequence[Point]) -> float:
    """Return the mean distance in per cent, whichever way."""
    return statistics.fmean(abs(point.error) for point in found) if found else 0.0


def _measured(found: Sequence[Sample]) -> tuple[float, float, float]:
    return (
        statistics.median(sample.a_second for sample in found),
        statistics.median(sample.p50 for sample in found),
        statistics.median(sample.p95 for sample in found),
    )


def _simulated(
    result: Result, samples: Sequence[Sample], system: str, load: int, runs: int
) -> tuple[float, float, float]:
    cores = result["machine"]["cores"]
    ran = [
        closed(
            costs(samples, system, load, cores=cores),
            conversations=load,
            seconds=result["size"]["seconds"],
            cores=cores,
            others=others(samples, system, load),
            chance=random.Random(f"{system} {load} {number}"),  # noqa: S311
        )
        for number in range(runs)
    ]
    return (
        statistics.median(each.a_second for each in ran),
        statistics.median(each.percentile(50) for each in ran),
        statistics.median(each.percentile(95) for each in ran),
    )
