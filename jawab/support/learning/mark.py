"""What a person decided about a group of messages that were not answered well."""

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


def standing(messages: Collection[int], marks: Iterable[Mark]) -> Standing:
    """Return how a group of these messages stands.

    Groups are made anew whenever somebody looks, so a mark is found by its messages: the one that covers most of the
    group, of two that cover as many the later one.
    """
    group = set(messages)
    covered = [(len(group.intersection(mark.made.messages)), mark.id, mark) for mark in marks]
    count, _, mark = max(covered, key=lambda each: each[:2], default=(0, 0, None))
    if mark is None or not count or mark.made.kind is MarkKind.NONE:
        return Standing(None)
    return Standing(mark, len(group) - count)
