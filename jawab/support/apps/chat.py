"""A chat of a messaging app, and the conversation it is."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

NAME_LENGTH = 255
_CLIENT_ID_LENGTH = 64


class Fate(str, Enum):
    """How far a message of ours came, as far as its app tells."""

    DELIVERED = "delivered"
    READ = "read"
    LOST = "undelivered"


@dataclass(frozen=True)
class Chat:
    """`chat` and `sender` are the app's own names; `phone` is E.164, `phone_verified` where the app vouches for it."""

    account: str
    chat: str
    conversation_id: str
    sender: str
    name: str
    heard_at: datetime
    phone: str | None = None
    phone_verified: bool = False
    payload: str | None = None


def bounded(name: str, *, limit: int = NAME_LENGTH) -> str:
    """An app's own name for something, as long as a column; a longer one by its hash, so that it stays itself.

    >>> bounded("42")
    '42'
    >>> len(bounded("x" * 500))
    64
    """
    if len(name) <= limit:
        return name
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def client_id(message: str, part: int = 0) -> str:
    """The client_id of an app's message, or of a further part of one that is too long for us.

    >>> client_id("17"), client_id("17", 1)
    ('17', '17+1')
    """
    return bounded(f"{message}+{part}" if part else message, limit=_CLIENT_ID_LENGTH)
