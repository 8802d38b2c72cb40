"""Scores become probabilities: the softmax at a temperature that fits what was held out (Guo et al. 2017)."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

from jawab.understanding.features import Floats, Indices


def softmax(scores: Floats) -> Floats:
    """Return probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def log_softmax(scores: Floats) -> Floats:
    """Return the logarithms of the probabilities along the last axis."""
    below = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(below - np.log(np.exp(below).sum(axis=-1, keepdims=True)), dtype=np.float32)


def fit_temperature(scores: Floats, truth: Indices) -> float:
    """Return the factor on the scores under which the softmax fits the held-out truth best."""

    def loss(log_factor: float) -> float:
        probabilities = softmax(scores * np.float32(np.exp(log_factor)))
        chosen = probabilities[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 4.0), method="bounded").x))
