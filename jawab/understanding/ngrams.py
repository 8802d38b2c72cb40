"""Sparse features: TF-IDF of word and character n-grams of the folded text."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jawab.text.analysis import Analysis
from jawab.text.folding import fold
from jawab.text.language import Lang

WORD_EDGE = " "
# A shopper's message has some dozen words; what comes after this many adds features but no meaning.
MAX_WORDS = 400


@dataclass(frozen=True)
class NgramSettings:
    """Which n-grams are counted: lengths are inclusive ranges, in characters and in words; at most ``most`` of them.

    The most frequent ones are kept; the first to go are those seen in one example only.
    """

    char_ngrams: tuple[int, int] = (2, 4)
    word_ngrams: tuple[int, int] = (1, 2)
    most: int = 50_000


def views(analysis: Analysis) -> tuple[str, ...]:
    """Return the folded forms in which a message is read.

    One for most messages; Finglish and Arabizi are read twice, transliterated and as typed, because people
    who share a spelling share it beyond what transliteration can recover.
    """
    if analysis.latin and analysis.lang is not Lang.EN:
        return analysis.folded, fold(analysis.raw, lang=Lang.EN)
    return (analysis.folded,)


def ngrams_of(text: str, settings: NgramSettings) -> Iterator[str]:
    """Yield the n-grams of one folded text; words are told from character runs by a leading ``w:``."""
    words = text.split()[:MAX_WORDS]
    shortest, longest = settings.word_ngrams
    for size in range(shortest, longest + 1):
        for start in range(len(words) - size + 1):
            yield "w:" + WORD_EDGE.join(words[start : start + size])
    shortest, longest = settings.char_ngrams
    for word in words:
        edged = WORD_EDGE + word + WORD_EDGE
        for size in range(shortest, min(longest, len(edged)) + 1):
            for start in range(len(edged) - size + 1):
                yield edged[start : start + size]


class NgramVectorizer:
    """Maps messages to rows of a sparse matrix, shape ``(messages, vocabulary)``, each of length 1.

    Counts are dampened by ``1 + ln(count)`` and weighted by inverse document frequency
    (Salton and Buckley 1988, Term-weighting approaches in automatic text retrieval).
    """

    def __init__(self, settings: NgramSettings) -> None:
        self.settings = settings
        self._vocabulary: dict[str, int] = {}
        self._idf: NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    @property
    def size(self) -> int:
        """Number of columns."""
        return len(self._vocabulary)

    def fit(self, analyses: Sequence[Analysis]) -> None:
        """Learn vocabulary and document frequencies."""
        seen_in: Counter[str] = Counter()
        for analysis in analyses:
            seen_in.update(set(self._grams(analysis)))
        frequent = sorted(seen_in, key=lambda gram: (-seen_in[gram], gram))
        kept = sorted(frequent[: self.settings.most])
        self._vocabulary = {gram: column for column, gram in enumerate(kept)}
        self._idf = np.array(
            [math.log((1 + len(analyses)) / (1 + seen_in[gram])) + 1 for gram in kept],
            dtype=np.float32,
        )

    def transform(self, analyses: Sequence[Analysis]) -> sparse.csr_matrix:
        """Return one row a message; a message without a known n-gram is a row of zeros."""
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for analysis in analyses:
            row_columns, row_values = self._row(analysis)
            columns.extend(row_columns)
            values.extend(row_values)
            ends.append(len(columns))
        return sparse.csr_matrix(
            (
                np.array(values, dtype=np.float32),
                np.array(columns, dtype=np.int32),
                np.array(ends, dtype=np.int32),
            ),
            shape=(len(analyses), self.size),
        )

    def _grams(self, analysis: Analysis) -> Iterator[str]:
        for view in views(analysis):
            yield from ngrams_of(view, self.settings)

    def _row(self, analysis: Analysis) -> tuple[list[int], NDArray[np.float32]]:
        vocabulary = self._vocabulary
        counts: Counter[int] = Counter()
        for gram in self._grams(analysis):
            column = vocabulary.get(gram)
            if column is not None:
                counts[column] += 1
        columns = sorted(counts)
        raw = np.array([counts[column] for column in columns], dtype=np.float32)
        weighted = (1 + np.log(raw)) * self._idf[columns] if columns else raw
        length = float(np.linalg.norm(weighted))
        return columns, weighted / length if length else weighted

    def save(self, folder: Path) -> None:
        """Write vocabulary and weights into ``folder``."""
        settings: dict[str, Any] = {
            "char_ngrams": self.settings.char_ngrams,
            "word_ngrams": self.settings.word_ngrams,
            "most": self.settings.most,
        }
        document = {"settings": settings, "vocabulary": list(self._vocabulary)}
        (folder / "ngrams.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        np.save(folder / "idf.npy", self._idf)

    @classmethod
    def load(cls, folder: Path) -> NgramVectorizer:
        """Read what :meth:`save` wrote."""
        document = json.loads((folder / "ngrams.json").read_text("utf-8"))
        settings = document["settings"]
        vectorizer = cls(
            NgramSettings(
                char_ngrams=tuple(settings["char_ngrams"]),
                word_ngrams=tuple(settings["word_ngrams"]),
                most=settings["most"],
            )
        )
        vectorizer._vocabulary = {
            gram: column for column, gram in enumerate(document["vocabulary"])
        }
        vectorizer._idf = np.load(folder / "idf.npy")
        return vectorizer
