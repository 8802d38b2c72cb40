"""The two kinds of voters and the features they see."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from jawab.understanding.features import Features, project
from jawab.understanding.linear import LinearVoter
from jawab.understanding.network import NetworkVoter

CHANCE = np.random.default_rng(7)


def some(rows, *, ngrams=12, vectors=0):
    """Rows of three classes, told apart by which third of the n-grams they hold."""
    truth = np.arange(rows) % 3
    dense = CHANCE.random((rows, ngrams), dtype=np.float32) * 0.2
    third = ngrams // 3
    for row, kind in enumerate(truth):
        dense[row, kind * third : (kind + 1) * third] += 1
    more = CHANCE.random((rows, vectors), dtype=np.float32) if vectors else None
    return Features.of(sparse.csr_matrix(dense), more), truth


def machines(features, truth, seed=3):
    return LinearVoter.fit(features, truth, C=1.0, seed=seed)


def softmax(features, truth):
    return LinearVoter.fit_softmax(features, truth)


def network(features, truth, seed=3):
    return NetworkVoter.fit(features, truth, units=16, epochs=5, seed=seed)


every_kind = pytest.mark.parametrize("fit", [machines, softmax, network], ids=lambda f: f.__name__)
with_and_without = pytest.mark.parametrize("vectors", [0, 5], ids=["n-grams", "and vectors"])


@every_kind
@with_and_without
def test_a_voter_learns_what_it_was_shown(fit, vectors):
    features, truth = some(60, vectors=vectors)
    scores = fit(features, truth).scores(features)
    assert scores.shape == (60, 3)
    assert (scores.argmax(axis=1) == truth).mean() > 0.95


@every_kind
@with_and_without
def test_stored_and_read_it_votes_the_same(fit, vectors, tmp_path):
    features, truth = some(30, vectors=vectors)
    voter = fit(features, truth)
    np.savez(tmp_path / "voter.npz", **voter.arrays())
    with np.load(tmp_path / "voter.npz", allow_pickle=False) as arrays:
        again = type(voter).from_arrays(dict(arrays))
    assert np.array_equal(again.scores(features), voter.scores(features))


@every_kind
def test_one_seed_makes_one_voter(fit):
    features, truth = some(30, vectors=4)
    one, same = fit(features, truth), fit(features, truth)
    assert np.array_equal(one.scores(features), same.scores(features))


def test_another_seed_makes_another_network():
    features, truth = some(30)
    one, other = (network(features, truth, seed=seed) for seed in (1, 2))
    assert not np.array_equal(one.scores(features), other.scores(features))


@every_kind
def test_two_classes_have_two_scores(fit):
    features, truth = some(30)
    kept = np.flatnonzero(truth < 2)
    scores = fit(features.take(kept), truth[kept]).scores(features.take(kept))
    assert scores.shape[1] == 2
    assert (scores.argmax(axis=1) == truth[kept]).all()


@every_kind
def test_a_row_of_nothing_has_finite_scores(fit):
    features, truth = some(30)
    nothing = Features.of(sparse.csr_matrix((1, 12), dtype=np.float32))
    assert np.isfinite(fit(features, truth).scores(nothing)).all()


@every_kind
def test_rows_are_scored_alike_alone_and_together(fit):
    features, truth = some(12, vectors=4)
    voter = fit(features, truth)
    together = voter.scores(features)
    for row in range(12):
        assert np.allclose(
            together[row], voter.scores(features.take(np.array([row])))[0], atol=1e-5
        )


@settings(deadline=None, max_examples=50)
@given(
    st.integers(1, 5),
    st.integers(0, 9),
    st.integers(0, 4),
    st.integers(1, 4),
    st.integers(0, 10**6),
)
def test_projecting_is_the_product_with_both_kinds_of_weights(rows, ngrams, vectors, columns, seed):
    chance = np.random.default_rng(seed)
    dense = chance.random((rows, ngrams)) * (chance.random((rows, ngrams)) > 0.5)
    features = Features.of(
        sparse.csr_matrix(dense), chance.random((rows, vectors)) if vectors else None
    )
    for_ngrams = chance.standard_normal((ngrams, columns)).astype(np.float32)
    for_vectors = chance.standard_normal((vectors, columns)).astype(np.float32)
    expected = features.stacked().toarray() @ np.vstack([for_ngrams, for_vectors])
    assert np.allclose(project(features, for_ngrams, for_vectors), expected, atol=1e-5)
    assert len(features) == rows
