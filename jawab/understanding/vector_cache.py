"""Sentence vectors of examples kept from one training to the next, found by what was encoded."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True)
class VectorCache:
    """A file that maps digests of texts to their vectors, in half precision.

    It is a cache in every respect: a missing, damaged or other encoder's file is one that holds nothing.
    """

    file: Path
    encoder: str
    dimensions: int

    def vectors(self, texts: Sequence[str], encode: Encode) -> NDArray[np.float32]:
        """Return one vector a text, shape ``(texts, dimensions)``; the file then holds just these texts.

        Vectors pass through half precision whether they were kept or are new, so that training from a
        warm cache gives the same model as from a cold one.
        """
        kept = self._read()
        digests = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
        missing = {
            digest: text for digest, text in zip(digests, texts, strict=True) if digest not in kept
        }
        if missing:
            found = encode(list(missing.values())).astype(np.float16)
            kept.update(zip(missing, found, strict=True))
        wanted = {digest: kept[digest] for digest in digests}
        if missing or len(wanted) < len(kept):
            self._write(wanted)
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([wanted[digest] for digest in digests]).astype(np.float32)

    def _read(self) -> dict[bytes, NDArray[np.float16]]:
        try:
            with np.load(self.file, allow_pickle=False) as stored:
                encoder, digests, vectors = stored["encoder"], stored["digests"], stored["vectors"]
        except (OSError, LookupError, ValueError, EOFError, zipfile.BadZipFile):
            return {}
        if str(encoder) != self.encoder or vectors.shape != (len(digests), self.dimensions):
            return {}
        return {row.tobytes(): vector for row, vector in zip(digests, vectors, strict=True)}

    def _write(self, wanted: dict[bytes, NDArray[np.float16]]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        digests = np.frombuffer(b"".join(wanted), dtype=np.uint8).reshape(-1, 16)
        vectors = np.array(list(wanted.values()), dtype=np.float16).reshape(-1, self.dimensions)
        handle, scratch = tempfile.mkstemp(dir=self.file.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as out:
            np.savez(out, encoder=np.array(self.encoder), digests=digests, vectors=vectors)
        os.replace(scratch, self.file)
