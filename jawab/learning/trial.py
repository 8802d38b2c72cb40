"""Trying a change before it is accepted: which rows of the development set it would win, and which it would lose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from jawab.knowledge import Knowledge, load
from jawab.knowledge.questions import Act, Question
from jawab.learning.change import Change, changed_copy
from jawab.understanding.evaluation import Judged, Row, figures, judge
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.settings import PipelineSettings

Progress = Callable[[str, int, int], None]
"""Told the step (train, train_again, before, after, control), and how many of how many rows are done."""

_REPORT_EVERY = 50
_SEEDS_APART = 1000


@dataclass(frozen=True)
class Flip:
    """A row that is answered otherwise than before."""

    text: str
    lang: str
    expected: str
    before: str
    after: str


@dataclass(frozen=True)
class Control:
    """What a training of the unchanged data from another seed does: figures, and how many rows it wins and loses."""

    figures: dict[str, Any]
    won: int
    lost: int


@dataclass(frozen=True)
class Trial:
    """What a change would do: accuracy before and after, the rows won and lost, and a control where one was wanted."""

    before: dict[str, Any]
    after: dict[str, Any]
    won: tuple[Flip, ...]
    lost: tuple[Flip, ...]
    control: Control | None = None

    def as_json(self) -> dict[str, Any]:
        """The form in which it is stored and shown."""
        return asdict(self)


def trained(
    root: Path, *, vectors_cache: Path | None = None, another_seed: bool = False
) -> Understander:
    """Train an understanding from the data/ and config.yml below `root`, without Rasa.

    `vectors_cache` is a file that keeps the examples' sentence vectors: with it only new examples are encoded.
    """
    knowledge = load(root)
    settings = PipelineSettings.from_file(root / "config.yml")
    if another_seed:
        # Voters count on from their committee's seed: none of them starts where one did before.
        classifier = replace(settings.classifier, seed=settings.classifier.seed + _SEEDS_APART)
        settings = replace(settings, classifier=classifier)
    return Understander.train(
        _examples(knowledge),
        settings=settings,
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
    control: bool = False,
) -> Trial:
    """Train with the change and compare with the understanding of now on labelled rows.

    With `control` the unchanged data is trained once more from another seed, which takes as long again.
    """
    progress("train", 0, len(rows))
    with changed_copy(root, change) as copy:
        candidate = trained(copy, vectors_cache=vectors_cache)
    same = None
    if control:
        progress("train_again", 0, len(rows))
        same = trained(root, vectors_cache=vectors_cache, another_seed=True)
    return compared(rows, now=now, candidate=candidate, control=same, progress=progress)


def compared(
    rows: Sequence[Row],
    *,
    now: Understander,
    candidate: Understander,
    progress: Progress,
    control: Understander | None = None,
) -> Trial:
    """Compare two understandings row by row, and the control with the first where there is one."""
    before = _judged(rows, now, "before", progress)
    after = _judged(rows, candidate, "after", progress)
    won, lost = _turned(before, after)
    same = None
    if control is not None:
        again = _judged(rows, control, "control", progress)
        same = Control(_in_scope(again), *map(len, _turned(before, again)))
    return Trial(_in_scope(before), _in_scope(after), won, lost, same)


def _in_scope(judged: Sequence[Judged]) -> dict[str, Any]:
    return figures([each for each in judged if not each.out_of_scope])


def _turned(
    before: Sequence[Judged], after: Sequence[Judged]
) -> tuple[tuple[Flip, ...], tuple[Flip, ...]]:
    """The rows that are right only after, and those that were right only before."""
    pairs = list(zip(before, after, strict=True))
    return (
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
