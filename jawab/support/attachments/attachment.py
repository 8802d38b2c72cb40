"""Attachments: photos and short videos that a shopper sends along, from messaging apps also documents and voice notes;
and the names they get.
"""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from jawab.support.texts import storable

# What is taken, with the ending a file of it gets.
PHOTOS: Mapping[str, str] = MappingProxyType(
    {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}
)
VIDEOS: Mapping[str, str] = MappingProxyType({"video/mp4": ".mp4", "video/webm": ".webm"})
# What comes from messaging apps and in mails alone.
OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "application/pdf": ".pdf",
        "audio/ogg": ".ogg",
        "audio/mpeg": ".mp3",
        "audio/mp4": ".m4a",
    }
)
EVERY_TYPE: Mapping[str, str] = MappingProxyType({**PHOTOS, **VIDEOS, **OTHERS})

NAME_LENGTH = 80
ZWNJ = "\u200c"
_PLAIN = {"image": "photo", "video": "video", "audio": "voice", "application": "document"}
_SEPARATORS = re.compile(r"[/\\]")
_UNSAFE = frozenset('<>:"|?*%;')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True)
class Attached:
    """A file as its message shows it; `size` in bytes."""

    id: str
    name: str
    type: str
    size: int


@dataclass(frozen=True)
class Attachment:
    """A file that was taken: whose it is, and which content (its SHA-256) stands behind it."""

    shown: Attached
    conversation_id: str
    content: str
    at: datetime


def new_id() -> str:
    """An id nobody can guess (128 bits)."""
    return secrets.token_urlsafe(16)


def safe_name(given: str, *, type: str) -> str:
    """A name to show and to download under: no folders, no invisible tricks, the content's own ending.

    >>> safe_name("../../رسید خرید.exe", type="image/jpeg")
    'رسید خرید.jpg'
    >>> safe_name("صورة" + chr(0x202E) + "gpj.png", type="image/png")
    'صورةgpj.png'
    """
    last = _SEPARATORS.split(storable(given)[-1000:])[-1]
    kept = "".join(c for c in unicodedata.normalize("NFC", last) if _is_plain(c))
    stem = _ENDING.sub("", " ".join(kept.split()))[:NAME_LENGTH].strip(" ." + ZWNJ)
    return (stem or _PLAIN[type.split("/")[0]]) + EVERY_TYPE[type]


def _is_plain(character: str) -> bool:
    if character in _UNSAFE:
        return False
    return character in (ZWNJ, " ") or unicodedata.category(character)[0] not in "CZ"
