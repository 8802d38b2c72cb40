"""Vectors of examples are kept between trainings, and only what is new is encoded."""

import numpy as np
import pytest

from jawab.understanding.vector_cache import VectorCache


class Encoder:
    """Turns a text into three numbers and notes which texts it was asked for."""

    def __init__(self):
        self.asked = []

    def __call__(self, texts):
        self.asked += texts
        return np.array([[len(t), sum(map(ord, t)) % 97, 0.1] for t in texts], dtype=np.float32)


@pytest.fixture
def cache(tmp_path):
    return VectorCache(tmp_path / "var" / "vectors.npz", encoder="e", dimensions=3)


@pytest.fixture
def encoder():
    return Encoder()


def test_a_cold_cache_encodes_every_text_once(cache, encoder):
    vectors = cache.vectors(["سلام", "مرحبا", "سلام"], encoder)
    assert encoder.asked == ["سلام", "مرحبا"]
    assert vectors.shape == (3, 3)
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.array_equal(vectors[0], vectors[1])


def test_a_warm_cache_encodes_only_what_is_new(cache, encoder):
    cache.vectors(["سلام", "مرحبا"], encoder)
    cache.vectors(["مرحبا", "hello"], encoder)
    assert encoder.asked == ["سلام", "مرحبا", "hello"]


def test_a_warm_cache_gives_the_very_same_numbers(cache, encoder):
    cold = cache.vectors(["سلام", "مرحبا"], encoder)
    assert np.array_equal(cache.vectors(["سلام", "مرحبا"], encoder), cold)


def test_what_is_no_longer_wanted_is_forgotten(cache, encoder):
    cache.vectors(["سلام", "مرحبا"], encoder)
    cache.vectors(["مرحبا"], encoder)
    cache.vectors(["سلام"], encoder)
    assert encoder.asked == ["سلام", "مرحبا", "سلام"]


def test_another_encoders_vectors_are_not_taken(cache, encoder):
    cache.vectors(["سلام"], encoder)
    VectorCache(cache.file, encoder="other", dimensions=3).vectors(["سلام"], encoder)
    assert encoder.asked == ["سلام", "سلام"]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04cut"])
def test_a_damaged_file_holds_nothing(cache, encoder, content):
    cache.file.parent.mkdir()
    cache.file.write_bytes(content)
    assert cache.vectors(["سلام"], encoder).shape == (1, 3)
    assert cache.vectors(["سلام"], encoder).shape == (1, 3)
    assert encoder.asked == ["سلام"]


def test_nothing_asked_is_nothing_encoded(cache, encoder):
    assert cache.vectors([], encoder).shape == (0, 3)
    assert not encoder.asked


def test_no_scratch_file_is_left(cache, encoder):
    cache.vectors(["سلام"], encoder)
    assert [file.name for file in cache.file.parent.iterdir()] == ["vectors.npz"]
