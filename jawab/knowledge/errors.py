"""The package's error tree: what is wrong, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one file of `data/`.

    `what` is said of `id` (or of the file when there is no id), `remedy` is what the owner does about it:

    >>> str(Problem("data/faq/returns.yml", "has no Arabic answer", "add answer.ar", id="refund_how"))
    "data/faq/returns.yml: 'refund_how' has no Arabic answer; add answer.ar"
    """

    file: str
    what: str
    remedy: str
    id: str | None = None
    line: int | None = None
    warning: bool = False

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        subject = "the file" if self.id is None else f"'{self.id}'"
        mark = "warning: " if self.warning else ""
        return f"{place}: {mark}{subject} {self.what}; {self.remedy}"


class KnowledgeError(Exception):
    """The root: everything this package raises on purpose."""


class InvalidKnowledge(KnowledgeError):
    """The files cannot be used; `problems` lists everything found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n".join([f"{count} in data/:", *map(str, problems)]))


class UnknownQuestion(KnowledgeError):
    """No question has this id."""


class UnknownShop(KnowledgeError):
    """No shop profile has this id."""


class UnknownChannel(KnowledgeError):
    """The shop has no such channel."""


class UnknownWords(KnowledgeError):
    """data/dialogue/words.yml has no such key."""


class BadTemplate(KnowledgeError):
    """A text's braces are malformed."""


class Unfillable(KnowledgeError):
    """A placeholder stands for something neither the shop nor the caller gave."""


class NaiveClock(KnowledgeError):
    """A moment came without its time zone."""


class BadHours(KnowledgeError):
    """Weekly hours that cannot be understood."""
