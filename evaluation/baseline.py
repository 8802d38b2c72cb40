"""The committed figures, and the rows that a change has won and lost against them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.boundaries import Kept
from jawab.understanding.evaluation import Judged, Row

FILE = Path(__file__).with_name("baseline.json")
RIGHT = "right"


class BaselineError(ValueError):
    """The baseline cannot be read."""


@dataclass(frozen=True)
class Changed:
    """A row that came out otherwise than in the baseline."""

    judged: Judged
    before: str
    now: str


@dataclass(frozen=True)
class Comparison:
    """What changed since the baseline: rows won, lost, wrong in another way, and rows on one side only."""

    won: tuple[Changed, ...]
    lost: tuple[Changed, ...]
    moved: tuple[Changed, ...]
    new: int
    gone: int

    def as_text(self) -> str:
        """Return the summary in one line."""
        line = f"won {len(self.won)} rows, lost {len(self.lost)} rows against the baseline"
        if self.moved:
            line += f"; {len(self.moved)} are wrong in another way"
        if self.new or self.gone:
            line += f"; {self.new} rows are not in the baseline, {self.gone} of it are gone"
        return line


def key(row: Row) -> str:
    """Return what the baseline calls a row: a hash of its language and its text."""
    return hashlib.sha256(f"{row.lang.value}\t{row.text}".encode()).hexdigest()[:12]


def outcome(judged: Judged) -> str:
    """Return what became of a row: ``right``, ``answered <id>``, ``offered`` or ``not_understood``."""
    if judged.right:
        return RIGHT
    return f"answered {judged.answered}" if judged.answered else judged.outcome.value


def baseline(
    result: Mapping[str, Any], kept: Iterable[Kept], judged: Iterable[Judged]
) -> dict[str, Any]:
    """Return the baseline of a run; ``result`` is the report of `jawab evaluate --json`."""
    sections = ("in_scope", "out_of_scope", "by_lang", "by_variety", "by_intent", "ece")
    return {
        **{section: result[section] for section in sections},
        "boundaries": {one.boundary.name: one.as_json() for one in kept},
        "outcomes": {key(j.row): outcome(j) for j in judged},
    }


def dump(document: Mapping[str, Any]) -> str:
    """Return the baseline as JSON, sorted, one group or row a line, so that a change is a small diff."""
    parts = []
    for name in sorted(document):
        section = document[name]
        if isinstance(section, dict) and name not in ("in_scope", "out_of_scope"):
            lines = ",\n".join(f"  {_json(k)}: {_json(section[k])}" for k in sorted(section))
            parts.append(f" {_json(name)}: {{\n{lines}\n }}")
        else:
            parts.append(f" {_json(name)}: {_json(section)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read(file: Path = FILE) -> dict[str, Any] | None:
    """Return the committed baseline, or None where there is none yet."""
    if not file.exists():
        return None
    try:
        document: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise BaselineError(
            f"{file}: {error}; renew it with `python -m evaluation --update-baseline`"
        ) from error
    return document


def compare(document: Mapping[str, Any], judged: Sequence[Judged]) -> Comparison:
    """Return which rows came out otherwise than in the baseline, in the order of the rows."""
    before: Mapping[str, str] = document["outcomes"]
    keys = [key(j.row) for j in judged]
    changed = [
        Changed(j, before[k], outcome(j))
        for j, k in zip(judged, keys, strict=True)
        if k in before and before[k] != outcome(j)
    ]
    return Comparison(
        won=tuple(c for c in changed if c.now == RIGHT),
        lost=tuple(c for c in changed if c.before == RIGHT),
        moved=tuple(c for c in changed if RIGHT not in (c.before, c.now)),
        new=sum(k not in before for k in keys),
        gone=len(set(before) - set(keys)),
    )
