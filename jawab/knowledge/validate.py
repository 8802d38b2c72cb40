"""Everything wrong with the files of data/, for `make validate` and for whoever loads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jawab.knowledge import consistency, duplicates
from jawab.knowledge.base import Knowledge, Words
from jawab.knowledge.errors import InvalidKnowledge, Problem
from jawab.knowledge.files import Files, read_files
from jawab.knowledge.questions import Example
from jawab.knowledge.texts import frozen


def problems(root: Path) -> tuple[Problem, ...]:
    """Return every problem below `root`/data, warnings included, file by file.

    Examples are compared folded, as the assistant sees them: about two seconds for ten thousand.
    """
    return _checked(root, duplicates.folded).problems


def load(root: Path) -> Knowledge:
    """Read the project's knowledge from `root`/data, in about half a second.

    Raises InvalidKnowledge with all errors at once; warnings are left to `problems`. Every check is made
    but one: examples are compared as they are written and not folded. Two spellings of one example
    under two ids cost the classifier some accuracy, and no answer can be wrong for it, so finding
    them is left to `problems`, which `make validate` and the tests run.
    """
    files = _checked(root, duplicates.as_written)
    errors = tuple(problem for problem in files.problems if not problem.warning)
    if errors:
        raise InvalidKnowledge(errors)
    return Knowledge(
        topics=frozen({found.topic.id: found.topic for found, _ in files.topics}),
        questions=frozen({q.id: q for found, _ in files.topics for q in found.questions}),
        acts=frozen({act.id: act for act, _ in files.acts}),
        shops=frozen({shop.id: shop for shop, _ in files.shops}),
        words=Words(frozen({key: texts for key, texts, _ in files.words})),
        followups=files.followups[0],
    )


def _checked(root: Path, form: Callable[[Example], str]) -> Files:
    files = read_files(root)
    consistency.check(files, form=form)
    return files
