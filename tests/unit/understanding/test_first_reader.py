"""Where n-grams alone make sure, the encoder is not asked."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from jawab.understanding.classifier import ClassifierSettings, Committee
from jawab.understanding.features import Features
from jawab.understanding.first_reader import lowest_certainty

QUICK = ClassifierSettings(networks=1, units=16, epochs=5, few_an_intent=0, sure_errors=0.05)
CLEAR = [[1, 0, 0], [0, 1, 0]]
VAGUE = [[0, 0, 1]] * 2
INTENTS = ["a", "b"]
BY_VECTOR = np.array([[1, 0], [0, 1]], dtype=np.float32)


def taught(times, settings=QUICK):
    """A committee of two intents with n-grams of their own, and rows that only the vectors tell apart."""
    ngrams = sparse.csr_matrix(np.array((CLEAR + VAGUE) * times, dtype=np.float32))
    committee = Committee(settings)
    vectors = np.concatenate([BY_VECTOR, BY_VECTOR] * times)
    committee.fit(Features.of(ngrams, vectors), (INTENTS + INTENTS) * times)
    return committee


class Encoder:
    """Gives vectors of the rows it is asked for and remembers which these were."""

    def __init__(self):
        self.asked = []

    def __call__(self, rows):
        self.asked.extend(int(row) for row in rows)
        return BY_VECTOR[rows % 2]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(400, id="a linear voter alone"),
        pytest.param(1100, id="a network beside it, of enough examples"),
    ],
)
def committee(request):
    return taught(request.param)


ROWS = sparse.csr_matrix(np.array(CLEAR + VAGUE, dtype=np.float32))


def test_only_rows_in_doubt_are_encoded_and_each_gets_its_own_vector(committee):
    encoder = Encoder()
    ranked = committee.rank(ROWS, encoder)
    assert encoder.asked == [2, 3]
    assert [ranking[0].intent for ranking in ranked] == ["a", "b", "a", "b"]


def test_stored_and_read_it_spares_the_encoder_as_before(committee, tmp_path):
    committee.save(tmp_path)
    encoder = Encoder()
    assert Committee.load(tmp_path).rank(ROWS, encoder) == committee.rank(ROWS, Encoder())
    assert encoder.asked == [2, 3]


@pytest.mark.parametrize(
    ("times", "settings"),
    [
        pytest.param(400, replace(QUICK, sure_errors=0.0), id="switched off"),
        pytest.param(400, replace(QUICK, linear_up_to=1), id="too many intents for a linear voter"),
        pytest.param(10, QUICK, id="too few examples to be sure by"),
    ],
)
def test_without_a_first_reader_every_row_is_encoded(times, settings):
    encoder = Encoder()
    taught(times, settings).rank(ROWS, encoder)
    assert encoder.asked == [0, 1, 2, 3]


def test_without_ngrams_every_row_is_encoded():
    committee = Committee(QUICK)
    committee.fit(
        Features.of(sparse.csr_matrix((80, 0)), np.tile(BY_VECTOR, (40, 1))), INTENTS * 40
    )
    encoder = Encoder()
    committee.rank(sparse.csr_matrix((2, 0)), encoder)
    assert encoder.asked == [0, 1]


def test_one_example_an_intent_holds_nothing_out_to_be_sure_by():
    committee = Committee(QUICK)
    committee.fit(Features.of(ROWS[:2], BY_VECTOR), INTENTS)
    encoder = Encoder()
    committee.rank(ROWS[:2], encoder)
    assert encoder.asked == [0, 1]


@pytest.mark.parametrize(
    ("right", "errors", "expected"),
    [
        pytest.param([True] * 4, 0.25, 0.6, id="all right: as low as it goes"),
        pytest.param([True] * 3, 0.25, None, id="too few to prove anything"),
        pytest.param([True] * 4 + [False] * 4, 0.25, 0.6, id="errors below a certainty"),
        pytest.param([False] * 4, 0.25, None, id="nothing but errors"),
        pytest.param([], 0.25, None, id="no rows"),
    ],
)
def test_the_certainty_is_the_lowest_with_few_errors_above(right, errors, expected):
    certainties = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2])[: len(right)]
    found = lowest_certainty(certainties, np.array(right, dtype=np.bool_), errors)
    assert found == (None if expected is None else pytest.approx(expected))


def test_rows_of_one_certainty_stand_or_fall_together():
    certainties, right = np.array([0.9] * 5 + [0.5] * 5), np.array([True] * 6 + [False] * 4)
    assert lowest_certainty(certainties, right, 0.3) == pytest.approx(0.9)
