"""MP4 files: whether their boxes hold together, and taking the place and the device out of them.

A box is a length, a name of four letters and a content (ISO/IEC 14496-12, 4.2). Boxes with metadata become
`free` boxes full of zeros: no length changes, so every offset in the file stays true.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from jawab.support.errors import UnreadableFile

FREE = b"free"
_METADATA = frozenset((b"udta", b"meta", b"uuid"))
_HOLDS_METADATA = frozenset((b"moov", b"trak"))
_MOST_DEEP = 2  # a trak lies in the moov, and nothing that is looked into in a trak
_MOST_BOXES = 10_000
_CHUNK = 1 << 16


@dataclass(frozen=True)
class _Box:
    name: bytes
    start: int
    content: int
    end: int


def scrub(path: Path) -> None:
    """Blank the metadata of an MP4 file in place; raises UnreadableFile when its boxes do not fit."""
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        boxes = list(_boxes(file, 0, end))
        names = [box.name for box in boxes]
        if names[:1] != [b"ftyp"] or b"moov" not in names:
            raise UnreadableFile("an MP4 file has ftyp first and a moov box; record it again")
        for box in boxes:
            _blank(file, box)


def _blank(file: BinaryIO, box: _Box, depth: int = 1) -> None:
    if box.name in _METADATA:
        file.seek(box.start + 4)
        file.write(FREE)
        file.seek(box.content)
        for at in range(box.content, box.end, _CHUNK):
            file.write(bytes(min(_CHUNK, box.end - at)))
    elif box.name in _HOLDS_METADATA:
        if depth > _MOST_DEEP:
            raise UnreadableFile("the boxes of this MP4 file lie too deep; record it again")
        for inner in list(_boxes(file, box.content, box.end)):
            _blank(file, inner, depth + 1)


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    for _ in range(_MOST_BOXES):
        if start == end:
            return
        file.seek(start)
        header = file.read(16)
        size, content = int.from_bytes(header[:4], "big"), start + 8
        if size == 1:
            size, content = int.from_bytes(header[8:16], "big"), start + 16
        elif size == 0:
            size = end - start
        if len(header) < 8 or start + size > end or start + size < content:
            break
        yield _Box(header[4:8], start, content, start + size)
        start += size
    raise UnreadableFile("the boxes of this MP4 file do not fit; record it again")
