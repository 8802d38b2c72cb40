"""What a turn costs, from the figures of `make bench`.

Taken from the runs at one conversation and at thirty-two: each process's processor time a turn, and at one conversation how
the times of turns differ among each other. Everything else that the simulation says of these runs, and all that it says
of those at 8 and 128, it says by itself.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from benchmarks.capacity.queues import left_over
from benchmarks.turns.figures import STEPS, Sample, of_system
from benchmarks.turns.script import TURNS

END_TO_END, BOT = "a", "b"
GENERATOR = "generator"
# Beginning a conversation stores it with its greeting: about half of what the desk does for a turn.
OPENING = 0.5
CALIBRATED = (1, 32)
# Of Rasa's processor time the share of its threads that encode sentences, beside its loop: 17 to 21 % by the times of its threads
# (`psutil.Process.threads`), at one conversation as at 32.
ENCODING = 0.2
# Of what the process at the door computes, so much at most when the answer is out.
MOST_BESIDE = 0.8


class NotMeasured(ValueError):
    """The figures of `make bench` lack what the model needs."""


@dataclass(frozen=True)
class Costs:
    """Seconds of a turn in one of our systems under one load.

    ``processor`` is what each process needs of a core before the answer is there, the load generator among them; ``waits`` is
    what passes while nobody computes (the disk, the network), ``beside`` what is computed while nobody waits for it.
    ``varying`` is the share of Rasa's work that differs from message to message, which is the reading; ``spread`` its
    quantiles, of mean one. ``encoding`` is the part of that share which runs beside Rasa's loop.
    """

    processor: Mapping[str, float]
    waits: float
    beside: float
    varying: float
    spread: Sequence[float]

    @property
    def encoding(self) -> float:
        """The share of Rasa's work that its encoding threads do."""
        return min(ENCODING, self.varying)

    @property
    def computing(self) -> float:
        """Seconds of a core a turn, all processes of the system together, without the load generator."""
        needed = sum(each for name, each in self.processor.items() if name != GENERATOR)
        return needed + self.beside


def costs(samples: Sequence[Sample], system: str, conversations: int, *, cores: int) -> Costs:
    """Return what a turn costs under this load on the machine that was measured; between the two measured loads by their logarithm, above as at the greater."""
    measured = [load for load in CALIBRATED if of_system(samples, system, load)]
    if CALIBRATED[0] not in measured:
        raise NotMeasured(f"there is no run of ({system}) with one conversation; run `make bench`")
    ends = [_processor(of_system(samples, system, load)) for load in measured]
    processor = {
        name: float(
            np.interp(
                math.log2(conversations),
                [math.log2(load) for load in measured],
                [each[name] for each in ends],
            )
        )
        for name in ends[0]
    }
    alone = _quantiles(of_system(samples, system, 1))
    _, pace = left_over(cores, others(samples, system, 1))
    idle = _mean(alone) - sum(ends[0].values()) / pace
    door = "desk" if "desk" in processor else "rasa"
    beside = min(max(0.0, -idle) * pace, processor[door] * MOST_BESIDE)
    processor[door] -= beside
    shape = _quantiles(of_system(samples, BOT, 1))
    least = shape[1]
    extra = [max(0.0, each - least) for each in shape]
    varying = _mean(extra) / _mean(shape)
    spread = [each / _mean(extra) for each in extra] if varying > 0 else [1.0] * len(extra)
    return Costs(processor, max(0.0, idle), beside, varying, spread)


def others(samples: Sequence[Sample], system: str, conversations: int) -> float:
    """Return how many cores somebody else kept busy in these runs."""
    return statistics.median(sample.others for sample in of_system(samples, system, conversations))


def _processor(samples: Sequence[Sample]) -> dict[str, float]:
    """Seconds of a turn by process; what the desk does to begin conversations is left out."""
    found = {
        name: statistics.median(sample.processor[name] for sample in samples) / 1000
        for name in samples[0].processor
    }
    if "desk" in found:
        begun = statistics.median(
            (sample.opened or max(sample.conversations, sample.turns / TURNS)) / sample.turns
            for sample in samples
        )
        found["desk"] /= 1 + OPENING * begun
    return found | {GENERATOR: statistics.median(sample.generator for sample in samples) / 1000}


def _quantiles(samples: Sequence[Sample]) -> list[float]:
    """Seconds of turns from the least to the greatest; by three percentiles where a run tells no more."""
    each = [sample.quantiles or _by_percentiles(sample) for sample in samples]
    return [statistics.median(values) / 1000 for values in zip(*each, strict=True)]


def _by_percentiles(sample: Sample) -> list[float]:
    known = [0, 50, 95, 99, 100]
    values = [sample.p50 / 2, sample.p50, sample.p95, sample.p99, sample.p99]
    return [float(each) for each in np.interp(np.linspace(0, 100, STEPS + 1), known, values)]


def _mean(quantiles: Sequence[float]) -> float:
    return statistics.fmean((one + other) / 2 for one, other in pairwise(quantiles))
