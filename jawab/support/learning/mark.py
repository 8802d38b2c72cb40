"""What a person decided about a group of messages that were not answered well."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


class MarkKind(str, Enum):
    """What is to become of a group."""

    QUESTION = "question"  # examples of a question that is there
    NEW = "new"  # a question that is not there yet
    IGNORED = "ignored"
    NONE = "none"  # an earlier mark is taken back


@dataclass(frozen=True)
class NewMark:
    """A decision: on which messages, which of them become examples, and of what question.

    `draft` is the new question as docs/learning.md shows it: topic, title, answer and examples.
    """

    kind: MarkKind
    messages: tuple[int, ...]
    shops: tuple[str, ...]
    examples: tuple[int, ...] = ()
    question: str | None = None
    draft: Mapping[str, Any] | None = field(default=None)


@dataclass(frozen=True)
class Mark:
    """A decision that was made, by whom and when; and when its change was written into the files, if it was."""

    id: int
    made: NewMark
    agent_id: int
    who: str
    at: datetime
    applied_at: datetime | None = None
    applied_by: str | None = None

    @property
    def proposes(self) -> bool:
        """Whether a change of the FAQ follows from it."""
        return self.made.kind in (MarkKind.QUESTION, MarkKind.NEW)


@dataclass(frozen=True)
class Standing:
    """How a group stands: its mark, and how many of its messages came since."""

    mark: Mark | None
    new: int = 0

    @property
    def decided(self) -> bool:
        """Whether nobody has to look at it now."""
        return self.mark is not None and not self.new


class Standings:
    """How groups stand, by marks that are looked through once, however many groups there are.

    Groups are made anew whenever somebody looks, so a mark is found by its messages: the one that covers most of the
    group, of two that cover as many the later one.
    """

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = {mark.id: mark for mark in marks}
        self._on: dict[int, list[int]] = {}
        for mark in self._marks.values():
            for message in set(mark.made.messages):
                self._on.setdefault(message, []).append(mark.id)

    def of(self, messages: Collection[int]) -> Standing:
        """Return how a group of these messages stands."""
        group = set(messages)
        covered = Counter(id for message in group for id in self._on.get(message, ()))
        id, count = max(covered.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
        if not count or self._marks[id].made.kind is MarkKind.NONE:
            return Standing(None)
        return Standing(self._marks[id], len(group) - count)
