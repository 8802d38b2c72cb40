"""Messages grouped by likeness of their folded texts, so that a person looks at a group and not at ten thousand lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jawab.support.learning.missed import Missed
from jawab.text.analysis import analyze
from jawab.understanding.ngrams import NgramSettings, ngrams_of

LIKE: Final = 0.3
"""How near (cosine) a message must be to its group's centre."""

_COMMON: Final = 0.08  # n-grams in more than this share of the messages tell none apart
_FEW: Final = 200
_AT_ONCE: Final = 512
_SETTINGS: Final = NgramSettings(char_ngrams=(2, 4), word_ngrams=(1, 1))


@dataclass(frozen=True)
class Group:
    """Messages that are like each other, the most typical first. `id` is the typical one's message."""

    members: tuple[Missed, ...]

    @property
    def id(self) -> int:
        """The message that stands for the group."""
        return self.members[0].message_id

    @property
    def newest(self) -> datetime:
        """When the latest of them was written."""
        return max(member.at for member in self.members)

    @property
    def languages(self) -> dict[str, int]:
        """How many there are in each language."""
        return dict(sorted(Counter(member.lang.value for member in self.members).items()))

    @property
    def reasons(self) -> dict[str, int]:
        """How many there are for each reason."""
        return dict(sorted(Counter(member.why.value for member in self.members).items()))


def grouped(missed: Sequence[Missed], *, like: float = LIKE) -> tuple[Group, ...]:
    """Return the groups, the largest first and of two as large the newest; the same messages give the same groups.

    Of the messages not yet in a group the one with the most messages like it becomes a centre, and those its group
    (the star clustering of Aslam, Pelekhov and Rus 2004): no chain leads from a message to one unlike it.
    About seven seconds for ten thousand.
    """
    missed = sorted(missed, key=lambda each: each.message_id)
    forms: dict[str, list[Missed]] = {}
    for each in missed:
        forms.setdefault(analyze(each.text, prior=each.lang).folded or each.text, []).append(each)
    texts = list(forms)
    weights = np.array([len(forms[text]) for text in texts])
    groups = [
        Group(tuple(each for text in star for each in forms[texts[text]]))
        for star in _stars(_vectors(texts), weights, like)
    ]
    groups.sort(key=lambda group: (-len(group.members), -group.newest.timestamp(), group.id))
    return tuple(groups)


def _vectors(texts: Sequence[str]) -> sparse.csr_matrix:
    grams = [Counter(ngrams_of(text, _SETTINGS)) for text in texts]
    seen_in = Counter(gram for counted in grams for gram in counted)
    most = max(_FEW, int(_COMMON * len(texts)))
    shared = sorted(gram for gram, count in seen_in.items() if 1 < count <= most)
    columns = {gram: column for column, gram in enumerate(shared)}
    rows, places, values = [], [], []
    for row, counted in enumerate(grams):
        weighted = {
            gram: (1 + np.log(times)) * (np.log(len(texts) / seen_in[gram]) + 1)
            for gram, times in counted.items()
            if seen_in[gram] <= most
        }
        # What a message has alone makes it unlike the others, though it meets none of them.
        length = np.sqrt(sum(value**2 for value in weighted.values())) or 1.0
        met = [(columns[gram], value) for gram, value in weighted.items() if gram in columns]
        rows += [row] * len(met)
        places += [column for column, _ in met]
        values += [value / length for _, value in met]
    shape = (len(texts), len(columns))
    return sparse.csr_matrix((np.array(values, dtype=np.float32), (rows, places)), shape=shape)


def _stars(vectors: sparse.csr_matrix, weights: NDArray[np.int64], like: float) -> list[list[int]]:
    count = vectors.shape[0]
    near: list[NDArray[np.int64]] = []
    turned = vectors.T.tocsr()
    for start in range(0, count, _AT_ONCE):
        block = (vectors[start : start + _AT_ONCE] @ turned).tocsr()
        block.data[block.data < like] = 0
        block.eliminate_zeros()
        for row in range(block.shape[0]):
            columns = block.indices[block.indptr[row] : block.indptr[row + 1]]
            near.append(np.union1d(columns, [start + row]))
    degrees = np.array([int(weights[neighbours].sum()) for neighbours in near])
    free = np.ones(count, dtype=bool)
    stars = []
    for centre in sorted(range(count), key=lambda each: (-degrees[each], each)):
        if free[centre]:
            members = [int(each) for each in near[centre] if free[each] and each != centre]
            free[[centre, *members]] = False
            stars.append([centre, *members])
    return stars
