"""Which intents are taken for which, and whether confidence means what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jawab.understanding.evaluation import BINS, Judged


@dataclass(frozen=True)
class Confusion:
    """Rows of one intent that were not answered rightly because another ranked first."""

    meant: str
    taken_for: str
    judged: tuple[Judged, ...]

    @property
    def answered(self) -> int:
        """How many of them got the wrong answer at once; the others were offered buttons or refused."""
        return sum(j.answered is not None for j in self.judged)


@dataclass(frozen=True)
class Bin:
    """The rows whose top confidence lies in one tenth: how sure they were on average, how often rightly."""

    low: float
    high: float
    rows: int
    confidence: float
    hits: float


def confusions(judged: Iterable[Judged]) -> list[Confusion]:
    """Return all confusions, the most frequent first."""
    found: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for j in judged:
        if not j.right and j.first and j.first[0] != j.row.intent:
            found[j.row.intent, j.first[0]].append(j)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Confusion(meant, taken, tuple(rows)) for (meant, taken), rows in ranked]


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """Return the ten bins of the calibration error that are not empty, the least sure first."""
    bins: dict[int, list[Judged]] = defaultdict(list)
    for j in judged:
        bins[min(int(j.confidence * BINS), BINS - 1)].append(j)
    return [
        Bin(
            low=at / BINS,
            high=(at + 1) / BINS,
            rows=len(rows),
            confidence=sum(j.confidence for j in rows) / len(rows),
            hits=sum(j.first[:1] == (j.row.intent,) for j in rows) / len(rows),
        )
        for at, rows in sorted(bins.items())
    ]
