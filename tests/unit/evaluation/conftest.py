"""A few rows as they come out of a model."""

from pathlib import Path

import pytest

from jawab.text.language import Lang
from jawab.understanding.decision import Outcome
from jawab.understanding.evaluation import Judged, Row

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture
def judged():
    """Make a judged row: `judged("سفارشم کجاست", "order_track", taken_for="order_late")`."""

    def make(
        text,
        meant,
        *,
        taken_for=None,
        lang="fa",
        variety="colloquial",
        confidence=0.9,
        outcome=Outcome.ANSWERED,
    ):
        best = taken_for or meant
        answered = best if outcome is Outcome.ANSWERED else None
        row = Row(text, meant, Lang(lang), variety)
        return Judged(row, (best,), confidence, outcome, answered)

    return make
