"""One linear classifier over all intents, with probabilities that mean something.

A linear support vector machine a class (Fan et al. 2008, LIBLINEAR) on sparse and dense features side by side. Its
margins become probabilities by a softmax whose temperature is fitted on held-out examples
(Guo et al. 2017, On Calibration of Modern Neural Networks).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from jawab.understanding.decision import Candidate

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class ClassifierSettings:
    """``C`` is the inverse strength of regularisation; ``held_out`` the fraction of examples for calibration."""

    C: float = 1.0
    held_out: float = 0.2
    seed: int = 13


class TooFewIntents(ValueError):
    """A classifier needs examples of two intents at least."""


class LinearClassifier:
    """Learns from rows of features; ranks all intents for one more row."""

    def __init__(self, settings: ClassifierSettings) -> None:
        self.settings = settings
        self.labels: tuple[str, ...] = ()
        self.temperature = 1.0
        self._weights: Floats = np.zeros((0, 0), dtype=np.float32)
        self._bias: Floats = np.zeros(0, dtype=np.float32)

    def fit(self, rows: sparse.csr_matrix, labels: Sequence[str]) -> None:
        """Learn from ``rows`` (examples, features) with one label each."""
        names = sorted(set(labels))
        if len(names) < 2:
            raise TooFewIntents(f"{len(names)} intents have examples; at least two are needed")
        self.labels = tuple(names)
        number = {name: index for index, name in enumerate(names)}
        truth = np.array([number[label] for label in labels])
        self._weights, self._bias = self._fit_margins(rows, truth)
        smallest = int(np.bincount(truth).min())
        held_out = round(len(truth) * self.settings.held_out)
        # Below that a class would be missing on one of the sides.
        if smallest >= 2 and held_out >= len(names):
            self.temperature = fit_temperature(*self._held_out(rows, truth, held_out))

    def probabilities(self, rows: sparse.csr_matrix) -> Floats:
        """Return shape ``(rows, labels)``; each row sums to 1."""
        return softmax(self.margins(rows) * self.temperature)

    def margins(self, rows: sparse.csr_matrix) -> Floats:
        """Return the classes' margins, shape ``(rows, labels)``."""
        return np.asarray(rows @ self._weights + self._bias, dtype=np.float32)

    def rank(self, row: sparse.csr_matrix, *, most: int = 10) -> tuple[Candidate, ...]:
        """Return the likeliest intents of one row, likeliest first."""
        (probabilities,) = self.probabilities(row)
        order = np.argsort(-probabilities, kind="stable")[:most]
        return tuple(Candidate(self.labels[i], float(probabilities[i])) for i in order)

    def _fit_margins(
        self, rows: sparse.csr_matrix, truth: NDArray[np.int64]
    ) -> tuple[Floats, Floats]:
        machine = LinearSVC(C=self.settings.C, dual=True, tol=1e-3, random_state=self.settings.seed)
        machine.fit(rows, truth)
        weights, bias = machine.coef_, machine.intercept_
        if len(machine.classes_) == 2:
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        return (
            np.ascontiguousarray(weights.T, dtype=np.float32),
            np.asarray(bias, dtype=np.float32),
        )

    def _held_out(
        self, rows: sparse.csr_matrix, truth: NDArray[np.int64], count: int
    ) -> tuple[Floats, NDArray[np.int64]]:
        learn, hold = train_test_split(
            np.arange(len(truth)), test_size=count, stratify=truth, random_state=self.settings.seed
        )
        weights, bias = self._fit_margins(rows[learn], truth[learn])
        return np.asarray(rows[hold] @ weights + bias, dtype=np.float32), truth[hold]

    def save(self, folder: Path) -> None:
        """Write the learnt numbers into ``folder``."""
        document = {
            "labels": self.labels,
            "temperature": self.temperature,
            "settings": {
                "C": self.settings.C,
                "held_out": self.settings.held_out,
                "seed": self.settings.seed,
            },
        }
        (folder / "classifier.json").write_text(json.dumps(document), "utf-8")
        np.save(folder / "weights.npy", self._weights.astype(np.float16))
        np.save(folder / "bias.npy", self._bias)

    @classmethod
    def load(cls, folder: Path) -> LinearClassifier:
        """Read what :meth:`save` wrote."""
        document = json.loads((folder / "classifier.json").read_text("utf-8"))
        classifier = cls(ClassifierSettings(**document["settings"]))
        classifier.labels = tuple(document["labels"])
        classifier.temperature = document["temperature"]
        classifier._weights = np.load(folder / "weights.npy").astype(np.float32)
        classifier._bias = np.load(folder / "bias.npy")
        return classifier


def softmax(scores: Floats) -> Floats:
    """Return probabilities along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def fit_temperature(margins: Floats, truth: NDArray[np.int64]) -> float:
    """Return the factor on the margins under which the softmax fits the held-out truth best."""

    def loss(log_factor: float) -> float:
        probabilities = softmax(margins * np.float32(np.exp(log_factor)))
        chosen = probabilities[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 4.0), method="bounded").x))
