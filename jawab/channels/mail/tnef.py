"""The files in a winmail.dat, Outlook's wrapping: [MS-OXTNEF] 2.1, as far as attachments need it."""

from collections.abc import Iterator

from jawab.channels.mail.headers import read
from jawab.channels.mail.letter import EnclosedFile

_SIGNATURE = b"\x78\x9f\x3e\x22"
_TITLE, _DATA, _RENDERING = 0x8010, 0x800F, 0x9002
_MOST = 50


def files_in(content: bytes) -> tuple[EnclosedFile, ...]:
    """The files it holds; none when it is broken or holds none."""
    files: list[EnclosedFile] = []
    name = ""
    for attribute, value in _attributes(content):
        if attribute == _RENDERING:  # the next attachment begins
            name = ""
        elif attribute == _TITLE:
            name = read(value.rstrip(b"\0"), None)[:200]
            if files and not files[-1].name:
                files[-1] = EnclosedFile(name, files[-1].content)
        elif attribute == _DATA and len(files) < _MOST:
            files.append(EnclosedFile(name, value))
    return tuple(files)


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Attribute ids and values: level (1 byte), id (2), type (2), length (4), value, checksum (2); little-endian."""
    if not content.startswith(_SIGNATURE):
        return
    at = 6
    while at + 9 <= len(content):
        attribute = int.from_bytes(content[at + 1 : at + 3], "little")
        size = int.from_bytes(content[at + 5 : at + 9], "little")
        start = at + 9
        if start + size > len(content):
            return
        yield attribute, content[start : start + size]
        at = start + size + 2
