"""The boundary rules of the catalogue, and how well the model keeps to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from jawab.understanding.decision import Outcome
from jawab.understanding.evaluation import Judged

FILE = Path(__file__).with_name("boundaries.yml")


@dataclass(frozen=True)
class Boundary:
    """The ids between which one rule of the catalogue decides; `rule` is its place in the list."""

    rule: int
    title: str
    ids: tuple[str, ...]

    @property
    def name(self) -> str:
        """The ids in one line, by which the baseline knows the boundary."""
        return f"{self.rule:02} {' / '.join(self.ids)}"


@dataclass(frozen=True)
class Kept:
    """What became of the rows whose intent is one of a boundary's ids.

    ``accuracy`` counts the rows answered rightly at once, ``offered`` those answered by buttons,
    ``confused`` those for which another id of the boundary ranked first, whatever was done then;
    all three as fractions of ``rows``. ``pairs`` counts the confused ones as (meant, taken for).
    """

    boundary: Boundary
    rows: int
    accuracy: float
    offered: float
    confused: float
    pairs: tuple[tuple[tuple[str, str], int], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the figures that the baseline keeps."""
        return {
            "rows": self.rows,
            "accuracy": self.accuracy,
            "offered": self.offered,
            "confused": self.confused,
        }


def load_boundaries(file: Path = FILE) -> list[Boundary]:
    """Read boundaries.yml, in the catalogue's order."""
    entries = yaml.safe_load(file.read_text("utf-8"))
    return [Boundary(entry["rule"], entry["title"], tuple(entry["ids"])) for entry in entries]


def keep(boundary: Boundary, judged: Iterable[Judged]) -> Kept:
    """Measure one boundary on the rows that lie on either side of it."""
    rows = [j for j in judged if j.row.intent in boundary.ids]
    pairs = Counter(
        (j.row.intent, j.first[0])
        for j in rows
        if j.first and j.first[0] != j.row.intent and j.first[0] in boundary.ids
    )

    def share(count: int) -> float:
        return round(count / len(rows), 4) if rows else 0.0

    return Kept(
        boundary=boundary,
        rows=len(rows),
        accuracy=share(sum(j.right for j in rows)),
        offered=share(sum(j.outcome is Outcome.OFFERED for j in rows)),
        confused=share(sum(pairs.values())),
        pairs=tuple(sorted(pairs.items(), key=lambda item: (-item[1], item[0]))),
    )


def keep_all(boundaries: Sequence[Boundary], judged: Sequence[Judged]) -> list[Kept]:
    """Measure every boundary."""
    return [keep(boundary, judged) for boundary in boundaries]
