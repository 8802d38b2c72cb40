"""What `jawab learn` works on: groups and marks out of the database, the change they make, the rows it is tried on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from jawab.terminal import note

if TYPE_CHECKING:
    from jawab.learning.change import Change
    from jawab.learning.groups import Group
    from jawab.learning.proposal import Proposal
    from jawab.settings import Settings
    from jawab.support.database import Database
    from jawab.understanding.evaluation import Row
    from jawab.understanding.model import Understander


@dataclass(frozen=True)
class Wanted:
    """What a change is asked for: a mark's number, or a group of the list and a question, with the draft of a new one."""

    mark: int | None
    group: int | None
    question: str | None
    new: Path | None
    most: int
    days: int
    shops: Sequence[str]


def groups_of(settings: Settings, days: int, shops: Sequence[str]) -> tuple[Group, ...]:
    """Return the groups of the last so many days."""
    from jawab.learning.groups import grouped
    from jawab.support.learning.missed_store import MissedStore

    with _database(settings) as database:
        since = datetime.now(timezone.utc) - timedelta(days=days)
        return grouped(MissedStore(database).missed(since=since, shops=shops))


def change_wanted(settings: Settings, wanted: Wanted) -> Change:
    """Return the change; `LearningError` says why there is none."""
    from jawab.learning.change import change_of

    if wanted.mark is not None:
        return change_of(settings.root, _marked(settings, wanted.mark, wanted.most))
    return change_of(settings.root, _chosen(settings, wanted))


def _chosen(settings: Settings, wanted: Wanted) -> Proposal:
    from jawab.learning.draft import drafted, read_draft
    from jawab.learning.proposal import LearningError, Proposal, examples_of

    if wanted.group is None or wanted.question is None:
        raise LearningError("name a group and a question, or a mark of the desk with --mark")
    members = next(
        (
            group.members
            for group in groups_of(settings, wanted.days, wanted.shops)
            if group.id == wanted.group
        ),
        None,
    )
    if members is None:
        raise LearningError(f"there is no group {wanted.group}; `jawab learn list` tells them (the same --days and --shop)")  # fmt: skip
    examples = examples_of(members)[: wanted.most]
    if wanted.new is None:
        return Proposal(wanted.question, examples)
    return drafted(read_draft(wanted.new), wanted.question, examples, source=str(wanted.new))


def _marked(settings: Settings, id: int, most: int) -> Proposal:
    from jawab.learning.draft import drafted
    from jawab.learning.proposal import LearningError, Proposal, examples_of
    from jawab.support.errors import UnknownMark
    from jawab.support.learning.mark_store import MarkStore
    from jawab.support.learning.missed_store import MissedStore

    with _database(settings) as database:
        try:
            mark = MarkStore(database).get(id)
        except UnknownMark as error:
            raise LearningError(str(error)) from error
        members = MissedStore(database).named(mark.made.examples)
    if not mark.proposes or mark.made.question is None:
        raise LearningError(f"mark {id} proposes nothing: it says {mark.made.kind.value}")
    examples = examples_of(members)[:most]
    if mark.made.draft is None:
        return Proposal(mark.made.question, examples)
    return drafted(mark.made.draft, mark.made.question, examples, source=f"mark {id}")


def rows_of(root: Path, files: Sequence[Path]) -> list[Row]:
    """Return the labelled messages of these files, or of evaluation/dev; `EvaluationError`."""
    from jawab.knowledge import load
    from jawab.understanding.evaluation import read_rows

    knowledge = load(root)
    known = frozenset(knowledge.questions) | frozenset(knowledge.acts)
    files = files or sorted((root / "evaluation" / "dev").glob("*.tsv"))
    return [row for file in files for row in read_rows(file, known=known)]


def vectors_of(settings: Settings) -> Path:
    """Where the examples' sentence vectors are kept between trainings."""
    return settings.var / "sentence-vectors.npz"


def understander_of_now(settings: Settings) -> Understander:
    """Return the trained model where it is one of the files as they are, else one trained from them."""
    from jawab import training
    from jawab.learning.trial import trained
    from jawab.understanding.archive import load_understander

    archive = training.up_to_date(settings.root)
    if archive is not None:
        return load_understander(archive, cache=settings.var / "model-cache")
    note("no model of the files as they are: training one to compare with")
    return trained(settings.root, vectors_cache=vectors_of(settings))


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    from jawab.support.database import Database, connect
    from jawab.support.migrate import upgrade

    database = Database(connect(settings.database_url, patience=settings.database_patience))
    try:
        upgrade(database)
        yield database
    finally:
        database.close()
