import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from jawab.understanding.classifier import (
    ClassifierSettings,
    Committee,
    TooFewIntents,
)
from jawab.understanding.features import Features, project
from jawab.understanding.temperature import fit_temperature, softmax

QUICK = ClassifierSettings(networks=1, units=16, epochs=5, few_an_intent=0)


def features(values, vectors=None):
    return Features.of(sparse.csr_matrix(np.array(values, dtype=np.float32)), vectors)


EXAMPLES = features(
    [[1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0, 0.9, 0.1], [0, 0, 1], [0.1, 0, 0.9]] * 3
)
LABELS = ["a", "a", "b", "b", "c", "c"] * 3


def ranked(committee, rows):
    """Rank rows whose vectors are at hand."""
    vectors_of = rows.vectors.__getitem__ if rows.vectors.shape[1] else None
    return committee.rank(rows.ngrams, vectors_of)


def first_of(committee, rows):
    return ranked(committee, rows)[0][0].intent


def fitted(chosen=QUICK, examples=EXAMPLES, labels=LABELS):
    committee = Committee(chosen)
    committee.fit(examples, labels)
    return committee


@pytest.fixture(scope="module")
def committee():
    return fitted()


def test_it_learns_what_it_was_shown(committee):
    assert [ranking[0].intent for ranking in ranked(committee, EXAMPLES)] == LABELS


def test_probabilities_sum_to_one_and_rank_downwards(committee):
    confidences = [c.confidence for c in ranked(committee, EXAMPLES)[0]]
    assert sum(confidences) == pytest.approx(1, abs=1e-5)
    assert confidences == sorted(confidences, reverse=True)


def test_the_same_seed_learns_the_same():
    one, two = fitted().probabilities(EXAMPLES), fitted().probabilities(EXAMPLES)
    assert np.array_equal(one, two)


def test_dense_features_are_learnt_from_too():
    vectors = np.array([[1, 0]] * 6 + [[0, 1]] * 6, dtype=np.float32)
    nothing = sparse.csr_matrix((12, 3), dtype=np.float32)
    committee = fitted(examples=Features.of(nothing, vectors), labels=["a"] * 6 + ["b"] * 6)
    row = Features.of(sparse.csr_matrix((1, 3), dtype=np.float32), np.array([[0, 1]]))
    assert first_of(committee, row) == "b"


VECTORS = np.array([[5.1, 1, 0], [5, 0, 0.1], [4.9, 0.1, 1]] * 4, dtype=np.float32)
"""Three intents that only differ in the small parts of their vectors."""


@pytest.mark.parametrize("whitened", [True, False])
def test_stored_and_read_it_sees_vectors_as_before(whitened, tmp_path):
    nothing = sparse.csr_matrix((12, 3), dtype=np.float32)
    rows = Features.of(nothing, VECTORS)
    made = fitted(replace(QUICK, whitened=whitened), rows, ["a", "b", "c"] * 4)
    made.save(tmp_path)
    again = Committee.load(tmp_path)
    assert again.reads_vectors
    assert np.array_equal(again.probabilities(rows), made.probabilities(rows))


def test_without_vectors_nothing_is_whitened(committee, tmp_path):
    committee.save(tmp_path)
    assert not committee.reads_vectors
    assert not Committee.load(tmp_path).reads_vectors


@pytest.mark.parametrize(
    ("linear_up_to", "kinds"),
    [
        pytest.param(3, ["linear", "network"], id="few intents"),
        pytest.param(2, ["network"], id="too many for a linear voter"),
    ],
)
def test_the_linear_voter_stands_down_where_intents_are_many(linear_up_to, kinds, tmp_path):
    fitted(replace(QUICK, linear_up_to=linear_up_to)).save(tmp_path)
    voters = json.loads((tmp_path / "classifier.json").read_text("utf-8"))["voters"]
    assert [voter["kind"] for voter in voters] == kinds


@pytest.mark.parametrize(
    ("few_an_intent", "kinds"),
    [
        pytest.param(7, ["linear"], id="six examples an intent are few"),
        pytest.param(6, ["linear", "network"], id="six are enough"),
    ],
)
def test_of_few_examples_an_intent_one_voter_learns(few_an_intent, kinds, tmp_path):
    committee = fitted(replace(QUICK, few_an_intent=few_an_intent))
    assert [ranking[0].intent for ranking in ranked(committee, EXAMPLES)] == LABELS
    committee.save(tmp_path)
    voters = json.loads((tmp_path / "classifier.json").read_text("utf-8"))["voters"]
    assert [voter["kind"] for voter in voters] == kinds


def test_of_few_examples_every_voter_learns_all():
    """The one example of "c" with its own n-gram is known whichever fold it was in."""
    rows = features([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]] * 5 + [[0, 0, 0, 1]])
    committee = fitted(examples=rows, labels=["a", "b", "c"] * 5 + ["c"])
    assert first_of(committee, rows.take(np.array([15]))) == "c"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_examples_an_intent_are_enough_to_learn(count):
    examples = features([[1, 0]] * count + [[0, 1]] * count)
    committee = fitted(examples=examples, labels=["a"] * count + ["b"] * count)
    assert first_of(committee, examples.take(np.array([0]))) == "a"


def test_one_intent_is_too_few():
    with pytest.raises(TooFewIntents):
        Committee(QUICK).fit(EXAMPLES.take(np.arange(2)), ["a", "a"])


def test_saved_and_loaded_it_ranks_the_same(committee, tmp_path):
    committee.save(tmp_path)
    loaded = Committee.load(tmp_path)
    assert np.array_equal(committee.probabilities(EXAMPLES), loaded.probabilities(EXAMPLES))


def test_the_temperature_recovers_a_known_scale():
    rng = np.random.default_rng(5)
    logits = rng.normal(0, 2, (4000, 5)).astype(np.float32)
    truth = np.array([rng.choice(5, p=softmax(row) / softmax(row).sum()) for row in logits])
    assert fit_temperature(logits / 3, truth) == pytest.approx(3, rel=0.1)


@settings(max_examples=50)
@given(
    st.lists(
        st.lists(st.sampled_from([0.0, 0.0, 0.5, 1.0]), min_size=4, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_projecting_row_by_row_is_the_matrix_product(values):
    rng = np.random.default_rng(0)
    weights, dense = rng.normal(size=(4, 3)), rng.normal(size=(2, 3))
    vectors = rng.normal(size=(len(values), 2)).astype(np.float32)
    rows = features(values, vectors)
    expected = np.array(values) @ weights + vectors @ dense
    assert project(rows, weights, dense) == pytest.approx(expected, abs=1e-4)
