"""One run of the evaluation: everything that the terminal and the page show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.baseline import Comparison, compare
from evaluation.boundaries import Boundary, Kept, keep_all
from evaluation.confusion import Bin, Confusion, confusions, reliability
from evaluation.goals import Standing, standings
from evaluation.leakage import Leak
from jawab.understanding.evaluation import Judged, Row, figures, measure


@dataclass(frozen=True)
class Summary:
    """The judged rows and all that is derived from them.

    ``result`` is the report of `jawab evaluate --json`; ``comparison`` is None without a baseline.
    """

    judged: tuple[Judged, ...]
    result: Mapping[str, Any]
    goals: tuple[Standing, ...]
    confusions: tuple[Confusion, ...]
    bins: tuple[Bin, ...]
    boundaries: tuple[Kept, ...]
    leaks: tuple[Leak, ...]
    comparison: Comparison | None

    @property
    def unexcused(self) -> tuple[Leak, ...]:
        """The leaks that are no mere pleasantries, a line for each example."""
        return tuple(leak for leak in self.leaks if not leak.exempt)

    @property
    def leaked(self) -> frozenset[Row]:
        """The rows that are too like a training example."""
        return frozenset(leak.row for leak in self.unexcused)

    @property
    def pleasantries(self) -> int:
        """How many more rows are short pleasantries that stand among the examples too."""
        return len({leak.row for leak in self.leaks} - self.leaked)

    @property
    def without_leaks(self) -> Mapping[str, Any]:
        """The figures of the in-scope rows that are like no training example."""
        leaked = self.leaked
        return figures([j for j in self.judged if not j.out_of_scope and j.row not in leaked])

    @property
    def reached(self) -> int:
        """How many goals are reached."""
        return sum(standing.reached for standing in self.goals)


def summarize(
    judged: Sequence[Judged],
    *,
    boundaries: Sequence[Boundary],
    leaks: Sequence[Leak],
    baseline: Mapping[str, Any] | None,
) -> Summary:
    """Derive the whole report from the judged rows."""
    result = measure(judged)
    return Summary(
        judged=tuple(judged),
        result=result,
        goals=tuple(standings(result)),
        confusions=tuple(confusions(judged)),
        bins=tuple(reliability(judged)),
        boundaries=tuple(keep_all(boundaries, judged)),
        leaks=tuple(leaks),
        comparison=compare(baseline, judged) if baseline is not None else None,
    )
