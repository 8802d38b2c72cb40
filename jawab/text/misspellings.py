"""Which common word a misspelt one may stand for: one letter missing, added, changed or swapped."""

from collections.abc import Iterator, Mapping
from typing import Final

_WORDS: Final = 15_000
_SHORTEST: Final = 3


class Misspellings:
    """The commonest words of a language and all of them with one letter taken out.

    Two words with a shortened form in common are one or, rarely, two edits apart
    (the symmetric delete method, https://github.com/wolfgarbe/SymSpell).
    """

    def __init__(self, words: Mapping[str, float]) -> None:
        """Take the commonest of the words with their shares."""
        common = sorted(words.items(), key=lambda item: -item[1])[:_WORDS]
        self._words = {word: share for word, share in common if len(word) >= _SHORTEST}
        self._shortened: dict[str, float] = {}
        for word, share in self._words.items():
            for shorter in _shortenings(word):
                if len(shorter) >= _SHORTEST - 1:
                    self._shortened.setdefault(shorter, share)

    def share(self, word: str) -> float:
        """Return the share of the commonest word this may be meant for, 0 if there is none."""
        if len(word) < _SHORTEST:
            return 0.0
        meant = [self._words.get(word, 0.0), self._shortened.get(word, 0.0)]
        for shorter in _shortenings(word):
            meant.append(self._words.get(shorter, 0.0))
            if len(word) > _SHORTEST:
                meant.append(self._shortened.get(shorter, 0.0))
        return max(meant)


def _shortenings(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
