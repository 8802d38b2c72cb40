"""Collecting problems: one report a file, one place for each thing in it that has an id."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from jawab.knowledge.errors import Problem


@dataclass
class Report:
    """The problems found in one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def error(
        self, what: str, remedy: str, *, id: str | None = None, line: int | None = None
    ) -> None:
        """Note something that makes the file unusable."""
        self.problems.append(Problem(self.file, what, remedy, id=id, line=line))

    def warning(self, what: str, remedy: str, *, id: str | None = None) -> None:
        """Note something that should be mended and harms nobody meanwhile."""
        self.problems.append(Problem(self.file, what, remedy, id=id, warning=True))

    def about(self, id: str | None) -> Place:
        """Return the place in this file that has that id."""
        return Place(self, id)


@dataclass(frozen=True)
class Place:
    """Where in a file something stands: the thing with this id, or the file itself."""

    report: Report
    id: str | None

    def error(self, what: str, remedy: str) -> None:
        """Note an error here."""
        self.report.error(what, remedy, id=self.id)

    def warning(self, what: str, remedy: str) -> None:
        """Note a warning here."""
        self.report.warning(what, remedy, id=self.id)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return advice on an unknown word: the known one most like it, or all there are."""
    close = get_close_matches(word, list(known), n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"use one of: {listed(known)}" if known else "delete it"


def listed(words: Iterable[str]) -> str:
    """List words for a message, the first dozen of them."""
    all_words = list(words)
    return ", ".join(all_words[:12]) + (", …" if len(all_words) > 12 else "")
