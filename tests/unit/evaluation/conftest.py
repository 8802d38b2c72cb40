"""evaluation/ is a folder of the project, not an installed package; a few rows as they come out of a model."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from jawab.text.language import Lang  # noqa: E402
from jawab.understanding.decision import Outcome  # noqa: E402
from jawab.understanding.evaluation import Judged, Row  # noqa: E402


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
