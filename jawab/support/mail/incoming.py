"""A mail that came, and the thread that a conversation by e-mail is."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Fate(str, Enum):
    """What became of a mail."""

    ANSWERED = "answered"  # a conversation and a ticket of its own
    FOLLOW_UP = "follow_up"  # its ticket's shopper goes on
    NOTED = "noted"  # names a ticket without proof: agents alone read it there
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    LIST = "list"
    OURS = "ours"
    NOBODY = "nobody"  # no address that can be answered
    FLOOD = "flood"  # one of too many of its sender: on their last ticket, unanswered
    BROKEN = "broken"  # could not be worked on, however often it was tried


@dataclass(frozen=True)
class NewMail:
    """`address` is the shop's, which it was sent to; `sender` the one in its From; `envelope_sender` as SMTP gave it."""

    shop: str
    address: str
    digest: str
    sender: str
    raw: bytes
    envelope_sender: str | None = None


@dataclass(frozen=True)
class StoredMail:
    """A mail that was taken to be worked on; `attempts` counts the present one too."""

    id: int
    mail: NewMail
    attempts: int
    received_at: datetime
    conversation_id: str | None = None


@dataclass(frozen=True)
class KeptMail:
    """A mail that went to a ticket; `size` in bytes."""

    id: int
    at: datetime
    size: int


@dataclass(frozen=True)
class MailThread:
    """Who is written with in a conversation; `reference` once it has a ticket."""

    conversation_id: str
    address: str
    sender: str
    name: str
    subject: str
    last_id: str
    reference: str | None = None
