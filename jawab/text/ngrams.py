"""How much a word looks like a language: character trigrams of its word list."""

from collections import defaultdict
from collections.abc import Mapping
from math import log
from typing import Final

_WORDS: Final = 40_000
_UNSEEN: Final = 1e-5
_EDGE: Final = " "


class Spelling:
    """A character trigram model of one language's words, interpolated with bigrams and letters."""

    def __init__(self, words: Mapping[str, float]) -> None:
        """Count the trigrams of the commonest words, each word by the root of its share."""
        self._three: dict[str, float] = defaultdict(float)
        self._two: dict[str, float] = defaultdict(float)
        self._pairs: dict[str, float] = defaultdict(float)
        self._one: dict[str, float] = defaultdict(float)
        for word, share in sorted(words.items(), key=lambda item: -item[1])[:_WORDS]:
            weight = share**0.5
            edged = f"{_EDGE}{_EDGE}{word}{_EDGE}"
            for at in range(2, len(edged)):
                self._three[edged[at - 2 : at + 1]] += weight
                self._pairs[edged[at - 2 : at]] += weight
                self._two[edged[at - 1 : at + 1]] += weight
                self._one[edged[at]] += weight
        self._letters = sum(self._one.values())
        self._known: dict[str, float] = {}

    def log_probability(self, word: str) -> float:
        """Return the natural logarithm of the probability of the word's letters and its end."""
        edged = f"{_EDGE}{_EDGE}{word}{_EDGE}"
        return sum(self._of(edged[at - 2 : at + 1]) for at in range(2, len(edged)))

    def _of(self, trigram: str) -> float:
        found = self._known.get(trigram)
        if found is None:
            three = self._three.get(trigram, 0.0) / (self._pairs.get(trigram[:2]) or 1)
            two = self._two.get(trigram[1:], 0.0) / (self._one.get(trigram[1]) or self._letters)
            one = self._one.get(trigram[2], 0.0) / self._letters
            found = log(0.75 * three + 0.2 * two + 0.05 * one + _UNSEEN)
            if len(self._known) < 50_000:
                self._known[trigram] = found
        return found
