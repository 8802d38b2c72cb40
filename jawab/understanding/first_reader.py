"""The first reader: a linear voter of n-grams alone, which spares a message the encoder where it is sure.

Most messages say what they ask in words that the examples know well; the encoder's milliseconds change nothing there. How
sure the first reader has to be is read off examples it has not seen (Geifman and El-Yaniv 2017, Selective Classification
for Deep Neural Networks).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jawab.understanding.features import Features, Floats, Indices
from jawab.understanding.linear import LinearVoter
from jawab.understanding.temperature import fit_temperature, softmax


@dataclass(frozen=True)
class FirstReader:
    """Ranks by n-grams; from the probability ``sure_above`` on its word is enough."""

    voter: LinearVoter
    heat: float
    sure_above: float

    @classmethod
    def fit(
        cls,
        learn: tuple[Features, Indices],
        hold: tuple[Features, Indices],
        *,
        C: float,
        seed: int,
        errors: float,
    ) -> FirstReader | None:
        """Learn from ``learn``; None where ``hold`` shows no certainty with a share of ``errors`` or less.

        Vectors, if the rows have them, are not looked at.
        """
        voter = LinearVoter.fit(without_vectors(learn[0]), learn[1], C=C, seed=seed)
        scores = voter.scores(without_vectors(hold[0]))
        heat = fit_temperature(scores, hold[1])
        votes = softmax(scores * np.float32(heat))
        sure_above = lowest_certainty(votes.max(axis=1), votes.argmax(axis=1) == hold[1], errors)
        return None if sure_above is None else cls(voter, heat, sure_above)

    def read(self, ngrams: Features) -> tuple[Floats, NDArray[np.bool_]]:
        """Return probabilities, shape ``(rows, classes)``, and which rows it is sure of."""
        votes = softmax(self.voter.scores(without_vectors(ngrams)) * np.float32(self.heat))
        return votes, votes.max(axis=1) >= self.sure_above


def without_vectors(rows: Features) -> Features:
    """Return the rows with their n-grams alone."""
    return Features.of(rows.ngrams) if rows.vectors.shape[1] else rows


def lowest_certainty(certainties: Floats, right: NDArray[np.bool_], errors: float) -> float | None:
    """Return the lowest certainty at and above which at most the share ``errors`` was wrong, None if there is none.

    One error is counted that was not seen, so that a handful of rows proves nothing.
    """
    order = np.argsort(-certainties, kind="stable")
    falling = certainties[order]
    shares = (np.cumsum(~right[order]) + 1) / np.arange(1, len(order) + 1)
    # Rows of one certainty stand or fall together.
    last_of_its_kind = np.append(falling[1:] < falling[:-1], True)[: len(order)]
    within = np.flatnonzero((shares <= errors) & last_of_its_kind)
    return float(falling[within[-1]]) if len(within) else None
