"""A change of one file of data/faq: shown as a patch, checked by the project's own validation, and applied."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from pathlib import Path

from jawab.knowledge.errors import Problem
from jawab.knowledge.validate import problems
from jawab.learning.faq_edit import with_proposal
from jawab.learning.proposal import LearningError, Proposal, check

FAQ = Path("data", "faq")


@dataclass(frozen=True)
class Change:
    """One file's text before and after; `path` is relative to the project."""

    path: Path
    before: str
    after: str

    @property
    def patch(self) -> str:
        """The change as `git apply` takes it."""
        name = self.path.as_posix()
        lines = unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            f"a/{name}",
            f"b/{name}",
        )
        text = "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )
        return f"diff --git a/{name} b/{name}\n{text}" if text else ""

    @property
    def digest(self) -> str:
        """What tells this change from every other one."""
        return hashlib.sha256(self.patch.encode()).hexdigest()


def change_of(root: Path, proposal: Proposal) -> Change:
    """Return what a proposal changes in the files as they are now; `LearningError` when it cannot."""
    check(proposal)
    path = _file_of(root, proposal)
    before = (root / path).read_text("utf-8")
    after = with_proposal(before, proposal)
    if after == before:
        raise LearningError("every one of these examples stands there already")
    return Change(path, before, after)


def change_adding(root: Path, proposals: Sequence[Proposal]) -> Change:
    """Return what several new questions of one topic change in its file, a to-do where one lacks a language.

    `LearningError` when the topic has no file. The questions' texts are the caller's to check.
    """
    path = _file_of(root, proposals[0])
    before = after = (root / path).read_text("utf-8")
    for proposal in proposals:
        after = with_proposal(after, proposal)
    return Change(path, before, after)


def errors_of(root: Path, change: Change) -> tuple[Problem, ...]:
    """Return what the project's validation says of the changed files, but for what it said before."""
    with changed_copy(root, change) as copy:
        known = {(p.file, p.id, p.what) for p in problems(root)}
        return tuple(p for p in problems(copy) if (p.file, p.id, p.what) not in known)


@contextmanager
def changed_copy(root: Path, change: Change) -> Iterator[Path]:
    """A copy of data/ and config.yml with the change in it, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="jawab-learn-") as folder:
        copy = Path(folder)
        shutil.copytree(root / "data", copy / "data")
        shutil.copy(root / "config.yml", copy / "config.yml")
        (copy / change.path).write_text(change.after, "utf-8")
        yield copy


def can_apply(root: Path) -> bool:
    """Whether this process may write the files."""
    return os.access(root / FAQ, os.W_OK)


def apply(
    root: Path,
    change: Change,
    *,
    backups: Path,
    now: datetime,
    accepted: Collection[Problem] = (),
) -> Path:
    """Write the changed file and return where the old one is kept.

    `LearningError` when the file was changed meanwhile or the validation finds errors that are not `accepted`.
    """
    target = root / change.path
    if target.read_text("utf-8") != change.before:
        raise LearningError(f"{change.path} was changed meanwhile; look at the change again")
    wrong = [
        problem
        for problem in errors_of(root, change)
        if not problem.warning and problem not in accepted
    ]
    if wrong:
        raise LearningError("\n".join(str(problem) for problem in wrong))
    backups.mkdir(parents=True, exist_ok=True)
    kept = backups / f"{now:%Y%m%dT%H%M%S}-{change.path.name}"
    kept.write_text(change.before, "utf-8")
    written = target.with_suffix(".yml.new")
    written.write_text(change.after, "utf-8")
    os.replace(written, target)
    return kept


def _file_of(root: Path, proposal: Proposal) -> Path:
    if proposal.new is not None:
        key, wanted = "topic:", proposal.new.topic
    else:
        key, wanted = "- id:", proposal.question
    for path in sorted((root / FAQ).glob("*.yml")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip() == f"{key} {wanted}":
                return path.relative_to(root)
    raise LearningError(f"no file of {FAQ} has '{key} {wanted}'")
