"""Trying a change before it is accepted: which rows of the development set it would win, and which it would lose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jawab.knowledge import Knowledge, load
from jawab.knowledge.questions import Act, Question
from jawab.learning.change import Change, changed_copy
from jawab.understanding.evaluation import Judged, Row, figures, judge
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.settings import PipelineSettings

Progress = Callable[[str, int, int], None]
"""Told the step (train, before, after), and how many of how many rows are done."""

_REPORT_EVERY = 50


@dataclass(frozen=True)
class Flip:
    """A row that is answered otherwise than before."""

    text: str
    lang: str
    expected: str
    before: str
    after: str


@dataclass(frozen=True)
class Trial:
    """What a change would do: accuracy before and after, and the rows won and lost."""

    before: dict[str, Any]
    after: dict[str, Any]
    won: tuple[Flip, ...]
    lost: tuple[Flip, ...]

    def as_json(self) -> dict[str, Any]:
        """The form in which it is stored and shown."""
        return asdict(self)


def trained(root: Path, *, vectors_cache: Path | None = None) -> Understander:
    """Train an understanding from the data/ and config.yml below `root`, without Rasa.

    `vectors_cache` is a file that keeps the examples' sentence vectors: with it only new examples are encoded.
    """
    knowledge = load(root)
    return Understander.train(
        _examples(knowledge),
        settings=PipelineSettings.from_file(root / "config.yml"),
        acts=frozenset(knowledge.acts),
        vectors_cache=vectors_cache,
    )


def tried(
    root: Path,
    change: Change,
    rows: Sequence[Row],
    *,
    now: Understander,
    progress: Progress,
    vectors_cache: Path | None = None,
) -> Trial:
    """Train with the change and compare with the understanding of now on labelled rows."""
    progress("train", 0, len(rows))
    with changed_copy(root, change) as copy:
        candidate = trained(copy, vectors_cache=vectors_cache)
    return compared(rows, now=now, candidate=candidate, progress=progress)


def compared(
    rows: Sequence[Row], *, now: Understander, candidate: Understander, progress: Progress
) -> Trial:
    """Compare two understandings row by row."""
    before = _judged(rows, now, "before", progress)
    after = _judged(rows, candidate, "after", progress)
    pairs = list(zip(before, after, strict=True))
    return Trial(
        figures([each for each in before if not each.out_of_scope]),
        figures([each for each in after if not each.out_of_scope]),
        tuple(_flip(b, a) for b, a in pairs if a.right and not b.right),
        tuple(_flip(b, a) for b, a in pairs if b.right and not a.right),
    )


def _judged(
    rows: Sequence[Row], understander: Understander, step: str, progress: Progress
) -> list[Judged]:
    judged = []
    for number, row in enumerate(rows):
        if number % _REPORT_EVERY == 0:
            progress(step, number, len(rows))
        judged.append(judge(row, understander))
    return judged


def _flip(before: Judged, after: Judged) -> Flip:
    row = before.row
    return Flip(row.text, row.lang.value, row.intent, _said(before), _said(after))


def _said(judged: Judged) -> str:
    return judged.answered or judged.outcome.value


def _examples(knowledge: Knowledge) -> list[Labelled]:
    taught: list[Question | Act] = [*knowledge.questions.values(), *knowledge.acts.values()]
    return [Labelled(e.text, each.id, e.lang) for each in taught for e in each.examples]
