"""What the temperatures are worth: how far a probability is from how often it is right, with them and without.

The expected calibration error in ten bins (Guo et al. 2017), with the bounds of a bootstrap over the messages.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.ablation import Rows
from benchmarks.intervals import Interval
from jawab.understanding.classifier import Committee
from jawab.understanding.features import Features, Floats
from jawab.understanding.ngrams import NgramVectorizer
from jawab.understanding.settings import PipelineSettings

BINS = 10
DRAWS = 500


@dataclass(frozen=True)
class Calibration:
    """Accuracy and calibration error, each voter at the temperature that was fitted and all of them at 1."""

    accuracy: float
    accuracy_at_one: float
    error: Interval
    error_at_one: Interval


def calibration(settings: PipelineSettings, taught: Rows, asked: Rows) -> Calibration:
    """Learn from ``taught`` and compare the probabilities of ``asked`` with how often they are right."""
    vectorizer = NgramVectorizer(settings.ngrams)
    vectorizer.fit(taught.analyses)
    committee = Committee(settings.classifier)
    committee.fit(
        Features.of(vectorizer.transform(taught.analyses), taught.vectors), taught.intents
    )
    questions = Features.of(vectorizer.transform(asked.analyses), asked.vectors)
    results = []
    for members in (committee, at_one(committee)):
        votes = members.probabilities(questions)
        said = [members.labels[place] for place in votes.argmax(axis=1)]
        right = np.array([a == b for a, b in zip(said, asked.intents, strict=True)])
        results.append((float(right.mean()), error(votes.max(axis=1), right)))
    (fitted, near), (plain, far) = results
    return Calibration(fitted, plain, near, far)


def at_one(committee: Committee) -> Committee:
    """Return the same voters with all temperatures at 1."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        committee.save(folder)
        file = folder / "classifier.json"
        document = json.loads(file.read_text("utf-8"))
        for voter in document["voters"]:
            voter["temperature"] = 1.0
        file.write_text(json.dumps(document), "utf-8")
        return Committee.load(folder)


def error(sure: Floats, right: NDArray[np.bool_], *, seed: int = 0) -> Interval:
    """Return the expected calibration error of certainties and whether each was right, with its 95 % interval."""
    chance = np.random.default_rng(seed)
    drawn = (chance.integers(0, len(right), len(right)) for _ in range(DRAWS))
    again = [_error(sure[rows], right[rows]) for rows in drawn]
    low, high = np.quantile(again, [0.025, 0.975])
    return Interval(_error(sure, right), float(low), float(high))


def _error(sure: Floats, right: NDArray[np.bool_]) -> float:
    bins = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    gaps = np.bincount(bins, sure - right, minlength=BINS)
    return float(np.abs(gaps).sum() / len(right))
