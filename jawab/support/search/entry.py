"""What can be found, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class Kind(str, Enum):
    """What was found: whose text matched."""

    MESSAGE = "message"  # a shopper or an agent wrote it in a conversation
    TICKET = "ticket"  # a ticket, or what was written under one
    NOTE = "note"  # an agent's note about a conversation


@dataclass(frozen=True)
class Entry:
    """Something that can be found. One of the last three names the text in its table."""

    kind: Kind
    shop: str
    at: datetime
    conversation_id: str | None = None
    reference: str | None = None
    message_id: int | None = None
    event_id: int | None = None
    note_id: int | None = None


@dataclass(frozen=True)
class Hit:
    """A find with its text; `id` grows with time, and is the cursor."""

    id: int
    entry: Entry
    text: str
    author: str
    """shopper, agent or system"""
    signature: str | None = None
    """Who wrote it, where that is known: an agent's name, or the name in a ticket."""


@dataclass(frozen=True)
class HitPage:
    """Some finds, latest first; `after` asks for the next page, None on the last."""

    hits: tuple[Hit, ...]
    after: int | None


def said_in(data: Mapping[str, Any]) -> str:
    """What was written in an event of a ticket: an answer, or a note."""
    return str(data.get("text") or data.get("note") or "")
