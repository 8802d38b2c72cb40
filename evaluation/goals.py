"""What the development set should show: the goals of the catalogue's words, one by one, none of them pooled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Goal:
    """A figure of the report and the bound it should keep to.

    ``path`` leads to the figure in the form of `jawab evaluate --json`; ``least`` tells a lower bound from an upper one.
    """

    name: str
    path: tuple[str, ...]
    bound: float
    least: bool = True


@dataclass(frozen=True)
class Standing:
    """A goal and the figure reached; None where no row measures it."""

    goal: Goal
    figure: float | None
    rows: int

    @property
    def reached(self) -> bool:
        """Whether the figure keeps to the bound."""
        if self.figure is None:
            return False
        return self.figure >= self.goal.bound if self.goal.least else self.figure <= self.goal.bound


def _variety(name: str, key: str, bound: float) -> Goal:
    return Goal(name, ("by_variety", key, "accuracy"), bound)


GOALS = (
    _variety("Persian, formal", "fa/formal", 0.95),
    _variety("Persian, colloquial", "fa/colloquial", 0.95),
    _variety("Modern Standard Arabic", "ar/msa", 0.95),
    # All English rows, the noisy ones and the stories too: the stricter reading of the goal.
    Goal("English, every variety", ("by_lang", "en", "accuracy"), 0.95),
    _variety("Arabic, Gulf", "ar/gulf", 0.92),
    _variety("Arabic, Egyptian", "ar/egyptian", 0.92),
    _variety("Arabic, Levantine", "ar/levantine", 0.92),
    _variety("Persian, noisy", "fa/noisy", 0.90),
    _variety("Arabic, noisy", "ar/noisy", 0.90),
    _variety("English, noisy", "en/noisy", 0.90),
    _variety("Finglish", "fa/finglish", 0.90),
    _variety("Persian, long stories", "fa/story", 0.90),
    _variety("Arabic, long stories", "ar/story", 0.90),
    _variety("English, long stories", "en/story", 0.90),
    _variety("Arabizi", "ar/arabizi", 0.87),
    Goal("Out of scope, not answered", ("out_of_scope", "accuracy"), 0.90),
    Goal("In scope, refused", ("in_scope", "refused"), 0.05, least=False),
)


def standings(result: Mapping[str, Any]) -> list[Standing]:
    """Hold a report in the form of `jawab evaluate --json` against every goal."""
    found = []
    for goal in GOALS:
        *groups, column = goal.path
        figures: Mapping[str, Any] = result
        for group in groups:
            figures = figures.get(group, {})
        found.append(Standing(goal, figures.get(column), figures.get("rows", 0)))
    return found
