"""Vectors that all point one way are spread out."""

import numpy as np
import pytest

from jawab.understanding.whitening import Whitening

CHANCE = np.random.default_rng(5)


def crowded(rows, dimensions=6):
    """Vectors of length 1 whose cosines all lie near 1, as an encoder's do."""
    vectors = np.ones((rows, dimensions)) + CHANCE.normal(scale=0.1, size=(rows, dimensions))
    vectors[:, 0] += CHANCE.normal(scale=0.4, size=rows)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_whitened_vectors_have_length_one():
    vectors = crowded(50)
    moved = Whitening.fit(vectors).apply(vectors)
    assert np.linalg.norm(moved, axis=1) == pytest.approx(np.ones(50), abs=1e-5)


def test_they_no_longer_point_the_same_way():
    vectors = crowded(80)
    moved = Whitening.fit(vectors).apply(vectors)
    assert (vectors @ vectors.T).mean() > 0.9
    assert abs((moved @ moved.T).mean()) < 0.1


def test_no_direction_outweighs_the_others_as_before():
    vectors = crowded(200)
    moved = Whitening.fit(vectors).apply(vectors)

    def share_of_the_first(rows):
        variances = np.linalg.eigvalsh(np.cov(rows.T))
        return variances[-1] / variances.sum()

    assert share_of_the_first(moved) < 0.8 * share_of_the_first(vectors)


@pytest.mark.parametrize("rows", [0, 1])
def test_too_few_rows_leave_vectors_as_they_are(rows):
    vector = crowded(1)
    assert np.allclose(Whitening.fit(vector[:rows]).apply(vector), vector, atol=1e-6)


def test_fewer_rows_than_dimensions_are_enough():
    vectors = crowded(3, dimensions=10)
    assert np.isfinite(Whitening.fit(vectors).apply(crowded(5, dimensions=10))).all()


def test_equal_rows_are_no_division_by_nothing():
    vectors = np.repeat(crowded(1), 4, axis=0)
    assert np.isfinite(Whitening.fit(vectors).apply(vectors)).all()


def test_no_columns_stay_no_columns():
    assert Whitening.fit(np.zeros((4, 0), np.float32)).apply(np.zeros((2, 0))).shape == (2, 0)


def test_stored_and_read_it_moves_the_same(tmp_path):
    vectors = crowded(20)
    whitening = Whitening.fit(vectors)
    np.savez(tmp_path / "w.npz", **whitening.arrays())
    with np.load(tmp_path / "w.npz", allow_pickle=False) as arrays:
        again = Whitening.from_arrays(dict(arrays))
    assert np.array_equal(again.apply(vectors), whitening.apply(vectors))
