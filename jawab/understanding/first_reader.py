"""The first reader: where voters that know n-grams alone make sure together, a message is spared the encoder.

Most messages say what they ask in words that the examples know well; the encoder's milliseconds change nothing there. A linear
voter and a network err in different places: where the product of their probabilities is sure (Hinton 2002, Training Products of
Experts by Minimizing Contrastive Divergence), the whole committee hardly ever says something else. How sure it has to be is
read off examples that neither has seen (Geifman and El-Yaniv 2017, Selective Classification for Deep Neural Networks).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jawab.understanding.features import Features, Floats, Indices
from jawab.understanding.linear import LinearVoter
from jawab.understanding.network import NetworkVoter
from jawab.understanding.temperature import fit_temperature, log_softmax, softmax

Voter = LinearVoter | NetworkVoter


@dataclass(frozen=True)
class FirstReader:
    """Ranks by n-grams; from the probability ``sure_above`` on its word is enough.

    Each voter, with its temperature, takes rows without vectors; ``heat`` makes probabilities of their product again.
    """

    voters: tuple[tuple[Voter, float], ...]
    heat: float
    sure_above: float

    @classmethod
    def fit(
        cls, voters: Sequence[Voter], hold: tuple[Features, Indices], *, errors: float
    ) -> FirstReader | None:
        """Find out how sure is sure enough, by rows from which none of the voters has learnt.

        None where they show no certainty with a share of ``errors`` or less. Vectors, if the rows have them, are not looked at.
        """
        rows, truth = without_vectors(hold[0]), hold[1]
        heated = tuple((voter, fit_temperature(voter.scores(rows), truth)) for voter in voters)
        scores = _product(heated, rows)
        heat = fit_temperature(scores, truth)
        votes = softmax(scores * np.float32(heat))
        sure_above = lowest_certainty(votes.max(axis=1), votes.argmax(axis=1) == truth, errors)
        return None if sure_above is None else cls(heated, heat, sure_above)

    def read(self, ngrams: Features) -> tuple[Floats, NDArray[np.bool_]]:
        """Return probabilities, shape ``(rows, classes)``, and which rows it is sure of."""
        scores = _product(self.voters, without_vectors(ngrams))
        votes = softmax(scores * np.float32(self.heat))
        return votes, votes.max(axis=1) >= self.sure_above


def _product(voters: Sequence[tuple[Voter, float]], rows: Features) -> Floats:
    """Return the logarithms of the voters' probabilities multiplied, shape ``(rows, classes)``."""
    votes = [log_softmax(voter.scores(rows) * np.float32(heat)) for voter, heat in voters]
    return np.asarray(np.sum(votes, axis=0), dtype=np.float32)


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
