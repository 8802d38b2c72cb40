"""Texts cut into the pieces that the encoder knows, by SentencePiece (unigram, Kudo 2018)."""

from __future__ import annotations

import re

from sentencepiece import SentencePieceProcessor
from sentencepiece.sentencepiece_model_pb2 import ModelProto

from jawab.understanding.encoder.weights import Vocabulary

# What E5 was taught to expect before a question (Wang et al. 2024).
PREFIX = "query: "
_SPACES = re.compile("  +")


class Pieces:
    """Cuts texts; the numbers of pieces are the rows of the encoder's first matrix."""

    def __init__(self, vocabulary: Vocabulary, *, most: int) -> None:
        # Not the vocabulary itself: the processor has its quarter of a million pieces.
        self._replaced = vocabulary.replaced
        self._start, self._end = vocabulary.start, vocabulary.end
        self._most = most
        self._processor = SentencePieceProcessor(model_proto=_model(vocabulary))

    def __call__(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces, between start and end; of a text that is too long, its beginning."""
        plain = _SPACES.sub(" ", (PREFIX + text).translate(self._replaced))
        inner = self._processor.encode(plain)[: self._most - 2]
        return [self._start, *inner, self._end]


def _model(vocabulary: Vocabulary) -> bytes:
    model = ModelProto()
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    model.trainer_spec.unk_id = vocabulary.unknown
    model.trainer_spec.bos_id = vocabulary.start
    model.trainer_spec.eos_id = vocabulary.end
    model.trainer_spec.pad_id = vocabulary.padding
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.remove_extra_whitespaces = False
    for piece, score in zip(vocabulary.pieces, vocabulary.scores.tolist(), strict=True):
        model.pieces.add(piece=piece, score=score)
    for number in (vocabulary.start, vocabulary.end, vocabulary.padding):
        model.pieces[number].type = ModelProto.SentencePiece.CONTROL
    model.pieces[vocabulary.unknown].type = ModelProto.SentencePiece.UNKNOWN
    return bytes(model.SerializeToString())
