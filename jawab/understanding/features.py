"""What the classifier sees of messages: sparse n-grams and dense sentence vectors, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.floating[Any]]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Features:
    """One row a message: ``ngrams`` is sparse, ``vectors`` dense; without dense features it has no columns."""

    ngrams: sparse.csr_matrix
    vectors: Floats

    @classmethod
    def of(cls, ngrams: sparse.csr_matrix, vectors: Floats | None = None) -> Features:
        """Put both kinds together; without ``vectors`` there are only n-grams."""
        if vectors is None:
            vectors = np.zeros((ngrams.shape[0], 0), dtype=np.float32)
        return cls(
            ngrams.tocsr().astype(np.float32, copy=False), np.asarray(vectors, dtype=np.float32)
        )

    def __len__(self) -> int:
        return int(self.ngrams.shape[0])

    def take(self, rows: Indices) -> Features:
        """Return some of the rows."""
        return Features(self.ngrams[rows], self.vectors[rows])

    def stacked(self) -> sparse.csr_matrix:
        """Return both kinds as one sparse matrix."""
        if not self.vectors.shape[1]:
            return self.ngrams
        return sparse.hstack([self.ngrams, sparse.csr_matrix(self.vectors)], format="csr")


def project(features: Features, for_ngrams: Floats, for_vectors: Floats) -> Floats:
    """Return ``features @ [for_ngrams; for_vectors]``, shape ``(rows, columns of the weights)``.

    The weights may be half-precision: only the rows that a message touches are widened.
    """
    result = features.vectors @ for_vectors.astype(np.float32, copy=False)
    indptr = features.ngrams.indptr
    for row in range(len(features)):
        touched = slice(indptr[row], indptr[row + 1])
        columns = features.ngrams.indices[touched]
        if len(columns):
            weights = for_ngrams[columns].astype(np.float32, copy=False)
            result[row] += features.ngrams.data[touched] @ weights
    return np.asarray(result, dtype=np.float32)
