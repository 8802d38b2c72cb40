"""Sentence vectors spread out: an encoder's vectors all point nearly the same way until they are whitened.

The mean is taken off and each principal direction is brought nearer to unit variance (Su et al. 2021, Whitening Sentence
Representations for Better Semantics and Faster Retrieval). It goes half of the way, and directions of little variance are
held down, for with few examples these are chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jawab.understanding.features import Floats

HALF_WAY = 0.5
# This share of the mean variance is added to every direction's.
HELD_DOWN = 1.0


@dataclass(frozen=True)
class Whitening:
    """Moves vectors so that their differences are what is seen; ``turn`` has one column a direction."""

    mean: Floats
    turn: Floats

    @classmethod
    def fit(cls, vectors: Floats) -> Whitening:
        """Learn from vectors, shape ``(rows, dimensions)``; one row, or none, leaves them as they are."""
        rows, dimensions = vectors.shape
        if rows < 2 or not dimensions:
            return cls(np.zeros(dimensions, np.float32), np.eye(dimensions, dtype=np.float32))
        mean = vectors.mean(axis=0, dtype=np.float64)
        variances, directions = np.linalg.eigh(np.cov((vectors - mean).T).reshape(dimensions, -1))
        variances = np.maximum(variances, 0) + HELD_DOWN * max(float(variances.mean()), 1e-12)
        turn = directions * variances ** (-HALF_WAY / 2)
        return cls(mean.astype(np.float32), np.ascontiguousarray(turn, dtype=np.float32))

    def apply(self, vectors: Floats) -> Floats:
        """Return the vectors moved, each of length 1; the mean itself becomes zeros."""
        moved = (vectors - self.mean) @ self.turn
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)

    def arrays(self) -> dict[str, Floats]:
        """Return what has to be stored."""
        return {"mean": self.mean, "turn": self.turn}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Floats]) -> Whitening:
        """Make a whitening of what was stored."""
        return cls(arrays["mean"], arrays["turn"])
