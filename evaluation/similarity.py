"""Texts that are nearly the same: character trigrams, compared by Jaccard's measure, found through an inverted index."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import ceil

LONG_ENOUGH = 12
"""Up to this many folded characters only equal texts count as the same: one letter makes another word of them."""


ROUNDING = 1e-9


def trigrams(text: str) -> frozenset[str]:
    """Return the runs of three characters of a folded text, blanks included.

    >>> sorted(trigrams("سلام"))
    ['سلا', 'لام']
    >>> sorted(trigrams("طلبي"))
    ['طلب', 'لبي']
    """
    return frozenset(text[i : i + 3] for i in range(len(text) - 2))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of all their trigrams that two texts have in common, from 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 1.0


class NearIndex:
    """Folded texts, to be asked for those that are equal or nearly equal to another.

    Two sets whose Jaccard similarity reaches t share t of the larger one, so they must meet among the
    few rarest trigrams of each ("prefix filtering", Chaudhuri et al. 2006); only those are indexed.
    """

    def __init__(self, texts: Sequence[str], *, threshold: float) -> None:
        self._threshold = threshold
        self._texts = texts
        self._sets = [trigrams(text) for text in texts]
        self._frequency = Counter(gram for grams in self._sets for gram in grams)
        self._equal: dict[str, list[int]] = defaultdict(list)
        self._rare: dict[str, list[int]] = defaultdict(list)
        for position, (text, grams) in enumerate(zip(texts, self._sets, strict=True)):
            self._equal[text].append(position)
            if len(text) > LONG_ENOUGH:
                for gram in self._rarest(grams):
                    self._rare[gram].append(position)

    def _rarest(self, grams: Iterable[str]) -> list[str]:
        ranked = sorted(grams, key=lambda gram: (self._frequency[gram], gram))
        return ranked[: len(ranked) - ceil(self._threshold * len(ranked) - ROUNDING) + 1]

    def near(self, text: str) -> list[tuple[int, float]]:
        """Return the positions of the texts that are the same as this one and how alike they are, likest first."""
        if len(text) <= LONG_ENOUGH:
            return [(position, 1.0) for position in self._equal.get(text, ())]
        grams = trigrams(text)
        candidates = {at for gram in self._rarest(grams) for at in self._rare.get(gram, ())}
        alike = [(at, jaccard(grams, self._sets[at])) for at in candidates]
        found = [(at, score) for at, score in alike if score >= self._threshold]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))
