"""One classifier over all intents, with probabilities that mean something: a committee of small voters.

A linear voter and some small networks each learn without a twentieth of the examples, a different one each; on its own
twentieth the temperature is fitted that makes a voter's scores probabilities (Guo et al. 2017, On Calibration of Modern
Neural Networks). Where examples are few, a voter then learns again from all of them. The committee says their mean (Krogh
and Vedelsby 1995); it is not called where the first reader, which knows n-grams alone, is sure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from jawab.understanding.decision import Candidate
from jawab.understanding.features import Features, Floats, Indices
from jawab.understanding.first_reader import FirstReader, Voter, without_vectors
from jawab.understanding.linear import LinearVoter
from jawab.understanding.network import NetworkVoter
from jawab.understanding.temperature import fit_temperature, softmax
from jawab.understanding.whitening import Whitening

VectorsOf = Callable[[Indices], Floats]

HELD_OUT = 20
# Of so few examples none is spared, and learning twice takes seconds.
FEW = 4_000
# A softmax over all intents takes its time in proportion to examples times intents: up to this product, half a minute.
SOFTMAX_UP_TO = 300_000
# The place of the first network behind the linear voter.
FIRST_NETWORK = 1
WHITENING = "whitening.npz"
FIRST = "first.npz"
KINDS: dict[str, type[LinearVoter] | type[NetworkVoter]] = {
    "linear": LinearVoter,
    "network": NetworkVoter,
}


@dataclass(frozen=True)
class ClassifierSettings:
    """``C`` is the linear voter's inverse regularisation; ``networks`` voters have ``units`` each.

    ``vectors_weight`` scales the sentence vectors, whitened or as they are, against the n-grams, both of length 1. The linear voter's size grows with
    the number of intents times that of n-grams: above ``linear_up_to`` intents there is none. Where the n-grams alone are so
    sure that at most ``sure_errors`` of held-out examples were wrong, vectors are not asked for; at 0 they always are.
    Below ``few_an_intent`` examples an intent, on average, one linear voter that weighs all intents against one another
    stands for the committee: networks learn little from so few.
    """

    vectors_weight: float = 1.0
    whitened: bool = True
    C: float = 1.0
    linear_up_to: int = 500
    networks: int = 3
    units: int = 256
    epochs: int = 20
    few_an_intent: int = 35
    sure_errors: float = 0.02
    seed: int = 13


class TooFewIntents(ValueError):
    """A classifier needs examples of two intents at least."""


class Committee:
    """Learns from rows of features; ranks all intents for one more row."""

    def __init__(self, settings: ClassifierSettings) -> None:
        self.settings = settings
        self.labels: tuple[str, ...] = ()
        self._whitening: Whitening | None = None
        self._voters: list[tuple[Voter, float]] = []
        self._first: FirstReader | None = None
        self._few = False

    def fit(self, features: Features, labels: Sequence[str]) -> None:
        """Learn from ``features`` with one label a row."""
        names = sorted(set(labels))
        if len(names) < 2:
            raise TooFewIntents(f"{len(names)} intents have examples; at least two are needed")
        self.labels = tuple(names)
        number = {name: index for index, name in enumerate(names)}
        truth = np.array([number[label] for label in labels])
        if features.vectors.shape[1]:
            # From one row nothing can be learnt: what comes out leaves vectors as they are.
            rows = len(features) if self.settings.whitened else 1
            self._whitening = Whitening.fit(features.vectors[:rows])
        features = self._seen(features)
        self._few = self._has_few(len(truth))
        *splits, last = _splits(truth, self._count() + 1, self.settings.seed)
        # Both voters of the first reader are held out the same rows.
        first = splits[FIRST_NETWORK] if self._has_first_network(len(truth)) else last
        # The voters are independent, and most of their work runs outside Python's lock: one core each, for threads of the
        # matrix library that wait for one another burn the core they wait for.
        with threadpool_limits(1), ThreadPoolExecutor(2) as pool:
            alone = pool.submit(self._learn_without_vectors, features, truth, first)
            self._voters = list(
                pool.map(lambda task: self._learn(features, truth, *task), enumerate(splits))
            )
        if (linear := alone.result()) is not None:
            hold = features.take(first[1]), truth[first[1]]
            voters: list[Voter] = [linear, *self._first_networks(first is not last)]
            self._first = FirstReader.fit(voters, hold, errors=self.settings.sure_errors)

    def _learn_without_vectors(
        self, features: Features, truth: Indices, split: tuple[Indices, Indices]
    ) -> LinearVoter | None:
        learn, _ = split
        settings = self.settings
        if not (self.reads_vectors and self._has_linear() and settings.sure_errors):
            return None
        if len(learn) == len(truth) or not features.ngrams.shape[1]:
            return None  # nothing is held out to be sure by, or nothing to read
        rows = without_vectors(features.take(learn))
        return LinearVoter.fit(rows, truth[learn], C=settings.C, seed=settings.seed)

    def _has_first_network(self, examples: int) -> bool:
        # Of FEW examples a network has learnt from those held out too.
        few = self._few or examples <= FEW
        return self._has_linear() and not few and self.settings.networks > 0

    def _first_networks(self, there_is_one: bool) -> list[NetworkVoter]:
        voters = [voter for voter, _ in self._voters if isinstance(voter, NetworkVoter)]
        return [voter.without_vectors() for voter in voters[:1] if there_is_one]

    def _learn(
        self, features: Features, truth: Indices, place: int, split: tuple[Indices, Indices]
    ) -> tuple[Voter, float]:
        learn, hold = split
        voter = self._voter(features.take(learn), truth[learn], place)
        heat = fit_temperature(voter.scores(features.take(hold)), truth[hold])
        if len(learn) < len(truth) <= FEW:
            voter = self._voter(features, truth, place)
        return voter, heat

    def _voter(self, features: Features, truth: Indices, place: int) -> Voter:
        settings, seed = self.settings, self.settings.seed + place
        if self._few:
            return LinearVoter.fit_softmax(features, truth)
        if place == 0 and self._has_linear():
            return LinearVoter.fit(features, truth, C=settings.C, seed=seed)
        return NetworkVoter.fit(
            features, truth, units=settings.units, epochs=settings.epochs, seed=seed
        )

    @property
    def reads_vectors(self) -> bool:
        """Whether it learnt from sentence vectors too."""
        return self._whitening is not None

    def _has_linear(self) -> bool:
        return len(self.labels) <= self.settings.linear_up_to

    def _has_few(self, examples: int) -> bool:
        intents = len(self.labels)
        return (
            self._has_linear()
            and examples < self.settings.few_an_intent * intents
            and examples * intents <= SOFTMAX_UP_TO
        )

    def _count(self) -> int:
        if self._few:
            return 1
        return self.settings.networks + self._has_linear()

    def _seen(self, features: Features) -> Features:
        """Return the features as the voters see them: vectors whitened and weighted."""
        if self._whitening is None:
            return features
        weight = np.float32(self.settings.vectors_weight)
        return Features(features.ngrams, self._whitening.apply(features.vectors) * weight)

    def probabilities(self, features: Features) -> Floats:
        """Return shape ``(rows, labels)``; each row sums to 1."""
        features = self._seen(features)
        votes = [softmax(voter.scores(features) * heat) for voter, heat in self._voters]
        return np.asarray(np.mean(votes, axis=0), dtype=np.float32)

    def rank(
        self, ngrams: sparse.csr_matrix, vectors_of: VectorsOf | None = None, *, most: int = 10
    ) -> list[tuple[Candidate, ...]]:
        """Return the likeliest intents of each row, likeliest first.

        :param vectors_of: makes the sentence vectors of some of the rows; it is asked only for rows of which the n-grams
            alone do not make sure.
        """
        rows = Features.of(ngrams)
        votes, sure = self._at_first(rows)
        unsure = np.flatnonzero(~sure)
        if len(unsure):
            vectors = vectors_of(unsure) if vectors_of is not None else None
            doubtful = rows.ngrams if len(unsure) == len(rows) else rows.ngrams[unsure]
            votes[unsure] = self.probabilities(Features.of(doubtful, vectors))
        return [
            tuple(
                Candidate(self.labels[i], float(row[i]))
                for i in np.argsort(-row, kind="stable")[:most]
            )
            for row in votes
        ]

    def _at_first(self, rows: Features) -> tuple[Floats, NDArray[np.bool_]]:
        if self._first is not None:
            return self._first.read(rows)
        votes = np.zeros((len(rows), len(self.labels)), dtype=np.float32)
        return votes, np.zeros(len(rows), dtype=np.bool_)

    def save(self, folder: Path) -> None:
        """Write the learnt numbers into ``folder``."""
        document: dict[str, Any] = {
            "labels": self.labels,
            "settings": asdict(self.settings),
            "voters": [{"kind": _kind(voter), "temperature": heat} for voter, heat in self._voters],
        }
        if self._first is not None:
            document["first"] = {
                "temperatures": [heat for _, heat in self._first.voters],
                "temperature": self._first.heat,
                "sure_above": self._first.sure_above,
            }
            np.savez(folder / FIRST, **self._first.voters[0][0].arrays())
        (folder / "classifier.json").write_text(json.dumps(document), "utf-8")
        if self._whitening is not None:
            np.savez(folder / WHITENING, **self._whitening.arrays())
        for place, (voter, _) in enumerate(self._voters):
            np.savez(folder / f"voter{place}.npz", **voter.arrays())

    @classmethod
    def load(cls, folder: Path) -> Committee:
        """Read what :meth:`save` wrote."""
        document = json.loads((folder / "classifier.json").read_text("utf-8"))
        classifier = cls(ClassifierSettings(**document["settings"]))
        classifier.labels = tuple(document["labels"])
        if (folder / WHITENING).is_file():
            with np.load(folder / WHITENING, allow_pickle=False) as arrays:
                classifier._whitening = Whitening.from_arrays(dict(arrays))
        for place, entry in enumerate(document["voters"]):
            with np.load(folder / f"voter{place}.npz", allow_pickle=False) as arrays:
                voter = KINDS[entry["kind"]].from_arrays(dict(arrays))
            classifier._voters.append((voter, entry["temperature"]))
        if first := document.get("first"):
            with np.load(folder / FIRST, allow_pickle=False) as arrays:
                voters: list[Voter] = [LinearVoter.from_arrays(dict(arrays))]
            voters += classifier._first_networks(len(first["temperatures"]) > 1)
            heated = tuple(zip(voters, first["temperatures"], strict=True))
            classifier._first = FirstReader(heated, first["temperature"], first["sure_above"])
        return classifier


def _kind(voter: Voter) -> str:
    return next(name for name, kind in KINDS.items() if isinstance(voter, kind))


def _splits(truth: Indices, count: int, seed: int) -> list[tuple[Indices, Indices]]:
    """Return for each voter the rows to learn from and the rows to hold out, the classes in proportion.

    Where a class is too small to be split, voters learn from all rows and are calibrated on what they have seen.
    """
    everything = np.arange(len(truth))
    smallest = int(np.bincount(truth).min())
    if smallest < 2:
        return [(everything, everything)] * count
    folds = StratifiedKFold(min(HELD_OUT, smallest), shuffle=True, random_state=seed)
    parts = list(folds.split(everything, truth))
    return [parts[place % len(parts)] for place in range(count)]
