"""Rows of the development set that stand, or nearly stand, among the training examples: they would measure memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.similarity import LONG_ENOUGH, NearIndex
from jawab.knowledge import Act, Example, Knowledge, Question
from jawab.text.folding import fold
from jawab.text.language import Lang
from jawab.understanding.evaluation import Row

NEARLY_EQUAL = 0.8
NEAR_DUPLICATE = 0.9

PLEASANTRIES = frozenset({"greet", "goodbye", "thanks", "affirm", "deny", "help", "stop"})
"""Acts whose shortest forms («سلام», «شكرا», «ok») anyone types, so that independent writers meet in them."""


@dataclass(frozen=True)
class Taught:
    """A training example and the id it stands under."""

    intent: str
    example: Example


@dataclass(frozen=True)
class Leak:
    """A row of the development set and a training example it is too like.

    ``similarity`` is Jaccard's, ``length`` that of the folded row.
    """

    row: Row
    taught: Taught
    similarity: float
    length: int

    @property
    def exempt(self) -> bool:
        """Whether it is a pleasantry of at most 12 folded characters under the same act on both sides."""
        return (
            self.row.intent in PLEASANTRIES
            and self.taught.intent == self.row.intent
            and self.length <= LONG_ENOUGH
        )


@dataclass(frozen=True)
class Twins:
    """Two training examples of one language that are nearly the same."""

    one: Taught
    other: Taught
    similarity: float


def all_taught(knowledge: Knowledge) -> list[Taught]:
    """Return every example of data/faq and data/dialogue."""
    sources: list[Question | Act] = [*knowledge.questions.values(), *knowledge.acts.values()]
    return [Taught(source.id, example) for source in sources for example in source.examples]


def leaks(rows: Iterable[Row], taught: Sequence[Taught]) -> list[Leak]:
    """Return each pair of a row and an example of its language that equals or nearly equals it after folding."""
    found: list[Leak] = []
    rows = list(rows)
    for lang in Lang:
        known = [one for one in taught if one.example.lang is lang]
        index = NearIndex(
            [_folded(one.example.text, lang) for one in known], threshold=NEARLY_EQUAL
        )
        for row in rows:
            if row.lang is not lang:
                continue
            text = _folded(row.text, lang)
            found += [Leak(row, known[at], score, len(text)) for at, score in index.near(text)]
    return found


def twins(taught: Sequence[Taught]) -> list[Twins]:
    """Return the pairs of long enough examples of one language that are near-duplicates of each other."""
    found: list[Twins] = []
    for lang in Lang:
        known = [one for one in taught if one.example.lang is lang]
        texts = [_folded(one.example.text, lang) for one in known]
        index = NearIndex(texts, threshold=NEAR_DUPLICATE)
        for at, text in enumerate(texts):
            if len(text) > LONG_ENOUGH:
                found += [
                    Twins(known[at], known[other], score)
                    for other, score in index.near(text)
                    if other > at
                ]
    return found


def _folded(text: str, lang: Lang) -> str:
    # Emoji and bare punctuation fold to nothing; they are compared as they stand.
    return fold(text, lang=lang) or text
