"""What a file is, by its own first bytes; what its sender calls it counts for nothing.

RFC 3533 (Ogg) · ISO 32000 (PDF) · https://mimesniff.spec.whatwg.org/ · ISO/IEC 14496-12 (ftyp) · RFC 8794 (EBML)
"""

HEAD_BYTES = 512

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_GIFS = (b"GIF87a", b"GIF89a")
_EBML = b"\x1a\x45\xdf\xa3"
_DOC_TYPE = b"\x42\x82"
_PDF, _OGG, _ID3 = b"%PDF-", b"OggS", b"ID3"
# MPEG-1 and -2, layer III: eleven bits of one, then version and layer.
_MP3_FRAMES = frozenset((0xFB, 0xFA, 0xF3, 0xF2))
_MP4_BRANDS = frozenset(
    (
        *(b"isom", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash", b"iso2", b"iso3"),
        *(b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"3gp4", b"3gp5", b"3gp6"),
    )
)


def media_type(head: bytes) -> str | None:
    """The type of a file that begins so (512 bytes are enough), None when it is none we take.

    >>> media_type(b"GIF89a...")
    'image/gif'
    """
    if head.startswith(_JPEG):
        return "image/jpeg"
    if head.startswith(_PNG):
        return "image/png"
    if head.startswith(_GIFS):
        return "image/gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return "video/mp4"
    if head.startswith(_EBML) and _doc_type(head) == b"webm":
        return "video/webm"
    return _document_or_sound(head)


def _document_or_sound(head: bytes) -> str | None:
    if head.startswith(_PDF):
        return "application/pdf"
    if head.startswith(_OGG):
        return "audio/ogg"
    if head[4:8] == b"ftyp" and head[8:12] in (b"M4A ", b"M4B "):
        return "audio/mp4"
    if head.startswith(_ID3) or (head[:1] == b"\xff" and head[1:2] and head[1] in _MP3_FRAMES):
        return "audio/mpeg"
    return None


def _doc_type(head: bytes) -> bytes | None:
    """The DocType in an EBML header: elements of id, size and content, one after the other."""
    size, at = _vint(head, 4)
    end = min(at + size, len(head))
    while at + 2 < end:
        width = _width(head[at])
        id, at = head[at : at + width], at + width
        if at >= end:
            return None
        size, at = _vint(head, at)
        if id == _DOC_TYPE:
            return head[at : at + size].rstrip(b"\0")
        at += size
    return None


def _vint(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable width, and where the next thing begins."""
    if at >= len(data):
        return 0, at
    width = _width(data[at])
    value = int.from_bytes(data[at : at + width], "big") & ((1 << (7 * width)) - 1)
    return value, at + width


def _width(first: int) -> int:
    return 9 - first.bit_length() if first else 8
