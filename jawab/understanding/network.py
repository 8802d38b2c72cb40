"""A small neural voter: one hidden layer, trained and served in numpy.

A third of the features and half of the hidden units are left out at random while it learns (Srivastava et al. 2014,
Dropout), so that it does not lean on single key words; the truth is smoothed (Szegedy et al. 2016). Gradients of the
wide, sparse first layer touch only the rows of the n-grams that occur in a batch, which keep one step size a row
(Duchi et al. 2011, AdaGrad).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from jawab.understanding.features import Features, Floats, Indices, project

FEATURES_LEFT_OUT = 0.33
UNITS_LEFT_OUT = 0.5
SMOOTHING = 0.1
FIRST_STEP = 0.05
BATCH = 64
# Few examples need many rounds: below this many steps nothing is learnt well.
FEWEST_STEPS = 1000


@dataclass(frozen=True)
class NetworkVoter:
    """Scores of all classes from one row of features."""

    for_ngrams: Floats
    for_vectors: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats

    @classmethod
    def fit(
        cls, features: Features, truth: Indices, *, units: int, epochs: int, seed: int
    ) -> NetworkVoter:
        """Learn from rows whose classes are ``truth``; the same seed gives the same voter."""
        learning = _Learning(features, truth, units, np.random.default_rng(seed))
        batch = min(BATCH, max(8, len(features) // 16))
        a_round = -(-len(features) // batch)
        rounds = max(epochs, -(-FEWEST_STEPS // a_round))
        steps, done = rounds * a_round, 0
        for _ in range(rounds):
            order = learning.chance.permutation(len(features))
            for start in range(0, len(features), batch):
                learning.step(order[start : start + batch], FIRST_STEP * (1 - done / steps) + 1e-4)
                done += 1
        return cls(
            learning.for_ngrams.astype(np.float16),
            learning.for_vectors.astype(np.float16),
            learning.hidden_bias,
            learning.output,
            learning.output_bias,
        )

    def scores(self, features: Features) -> Floats:
        """Return unnormalised log-probabilities, shape ``(rows, classes)``."""
        hidden = project(features, self.for_ngrams, self.for_vectors) + self.hidden_bias
        scores = np.maximum(hidden, 0) @ self.output + self.output_bias
        return np.asarray(scores, dtype=np.float32)

    def without_vectors(self) -> NetworkVoter:
        """Return the voter for rows that have no vector: to it they are all alike, as vectors are centred."""
        return replace(self, for_vectors=self.for_vectors[:0])

    def arrays(self) -> dict[str, Floats]:
        """Return what has to be stored."""
        return {
            "ngrams": self.for_ngrams,
            "vectors": self.for_vectors,
            "hidden_bias": self.hidden_bias,
            "output": self.output,
            "output_bias": self.output_bias,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Floats]) -> NetworkVoter:
        """Make a voter of what was stored."""
        # Every vector touches all of their rows: they are widened once. Of n-grams a message touches few.
        wide = arrays["vectors"].astype(np.float32)
        others = (arrays[name] for name in ("hidden_bias", "output", "output_bias"))
        return cls(arrays["ngrams"], wide, *others)


class _Learning:
    """The weights while they are learnt, and the squared gradients that set their step sizes."""

    def __init__(
        self, features: Features, truth: Indices, units: int, chance: np.random.Generator
    ) -> None:
        self.features, self.truth, self.chance = features, truth, chance
        self.classes = int(truth.max()) + 1
        ngrams, vectors = features.ngrams.shape[1], features.vectors.shape[1]
        self.for_ngrams = self._normal((ngrams, units), 0.05)
        self.for_vectors = self._normal((vectors, units), max(vectors, 1) ** -0.5)
        self.hidden_bias = np.zeros(units, dtype=np.float32)
        self.output = self._normal((units, self.classes), units**-0.5)
        self.output_bias = np.zeros(self.classes, dtype=np.float32)
        self._of_ngrams = np.full(ngrams, 1e-8, dtype=np.float32)
        self._of = {
            id(weights): np.full(weights.shape, 1e-6, dtype=np.float32)
            for weights in (self.for_vectors, self.hidden_bias, self.output, self.output_bias)
        }

    def _normal(self, shape: tuple[int, int], scale: float) -> Floats:
        return self.chance.standard_normal(shape, dtype=np.float32) * np.float32(scale)

    def _kept(self, shape: tuple[int, ...] | int, left_out: float) -> Floats:
        kept = self.chance.random(shape, dtype=np.float32) >= left_out
        return kept.astype(np.float32) / np.float32(1 - left_out)

    def step(self, rows: Indices, size: float) -> None:
        """Learn from one batch."""
        ngrams = self.features.ngrams[rows]
        touched, places = np.unique(ngrams.indices, return_inverse=True)
        data = ngrams.data * self._kept(ngrams.nnz, FEATURES_LEFT_OUT)
        ngrams = sparse.csr_matrix(
            (data, places, ngrams.indptr), shape=(len(rows), len(touched)), dtype=np.float32
        )
        vectors = self.features.vectors[rows]
        vectors = vectors * self._kept(vectors.shape, FEATURES_LEFT_OUT)
        weights = self.for_ngrams[touched]
        units = np.float32(weights.shape[1])

        hidden = ngrams @ weights + vectors @ self.for_vectors + self.hidden_bias
        active = (hidden > 0) * self._kept(hidden.shape, UNITS_LEFT_OUT)
        hidden = hidden * active
        error = _softmax(hidden @ self.output + self.output_bias)
        error[np.arange(len(rows)), self.truth[rows]] -= 1 - SMOOTHING
        error -= np.float32(SMOOTHING / self.classes)
        back = (error @ self.output.T) * active

        gradient = ngrams.T @ back
        squares = self._of_ngrams[touched] + np.einsum("ij,ij->i", gradient, gradient) / units
        self._of_ngrams[touched] = squares
        # In place: with copies of so wide a matrix a training takes a third longer.
        gradient *= (np.float32(-size) / np.sqrt(squares))[:, None]
        gradient += weights
        self.for_ngrams[touched] = gradient
        self._move(self.for_vectors, vectors.T @ back, size)
        self._move(self.hidden_bias, back.sum(axis=0), size)
        self._move(self.output, hidden.T @ error, size)
        self._move(self.output_bias, error.sum(axis=0), size)

    def _move(self, weights: Floats, gradient: Floats, size: float) -> None:
        squares = self._of[id(weights)]
        squares += gradient * gradient
        gradient *= np.float32(size)
        gradient /= np.sqrt(squares)
        weights -= gradient


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)
