"""A linear voter: one support vector machine a class (Fan et al. 2008, LIBLINEAR), or all classes in one softmax."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from jawab.understanding.features import Features, Floats, Indices, project

SOFTMAX_C = 10.0
ROUNDS = 200


@dataclass(frozen=True)
class LinearVoter:
    """Margins of all classes from one row of features."""

    for_ngrams: Floats
    for_vectors: Floats
    bias: Floats

    @classmethod
    def fit(cls, features: Features, truth: Indices, *, C: float, seed: int) -> LinearVoter:
        """Learn from rows whose classes are ``truth``; every class from 0 on must occur."""
        machine = LinearSVC(C=C, dual=True, tol=1e-2, random_state=seed)
        machine.fit(features.stacked(), truth)
        return cls._of(machine, features.ngrams.shape[1])

    @classmethod
    def fit_softmax(cls, features: Features, truth: Indices) -> LinearVoter:
        """Learn all classes against one another (multinomial logistic regression).

        Of few examples it makes more than the machines do, for it weighs every class against each other; its time grows
        with examples times classes.
        """
        machine = LogisticRegression(C=SOFTMAX_C, max_iter=ROUNDS, tol=1e-3)
        machine.fit(features.stacked(), truth)
        return cls._of(machine, features.ngrams.shape[1])

    @classmethod
    def _of(cls, machine: Any, columns: int) -> LinearVoter:
        weights, bias = machine.coef_, machine.intercept_
        if len(machine.classes_) == 2:
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        half = np.ascontiguousarray(weights.T, dtype=np.float16)
        return cls(half[:columns], half[columns:], bias.astype(np.float32))

    def scores(self, features: Features) -> Floats:
        """Return the margins, shape ``(rows, classes)``."""
        return project(features, self.for_ngrams, self.for_vectors) + self.bias

    def arrays(self) -> dict[str, Floats]:
        """Return what has to be stored."""
        return {"ngrams": self.for_ngrams, "vectors": self.for_vectors, "bias": self.bias}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Floats]) -> LinearVoter:
        """Make a voter of what was stored."""
        return cls(arrays["ngrams"], arrays["vectors"].astype(np.float32), arrays["bias"])
