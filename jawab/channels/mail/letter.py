"""A mail as it was read: who wrote, what they said, and what the mail belongs to."""

from dataclasses import dataclass
from enum import Enum


class Automatic(str, Enum):
    """Why no person waits for an answer to this mail."""

    BOUNCE = "bounce"  # a mail of ours did not arrive
    REPLY = "auto_reply"  # out of office, "we have received your mail"
    LIST = "list"  # newsletters and mailing lists
    OURS = "ours"  # our own words, come back


@dataclass(frozen=True)
class EnclosedFile:
    """A file in a mail; what its sender calls it counts for nothing."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """`text` is everything that was written, `said` what of it is new: without quotes and signature.

    `references` are the Message-IDs of the mails it answers, the nearest first; `returned` those of our mails that came
    back with a bounce. Addresses are in lower case; `sender` is empty where nobody can be answered.
    """

    message_id: str
    sender: str
    name: str
    to: tuple[str, ...]
    subject: str
    text: str
    said: str
    references: tuple[str, ...] = ()
    files: tuple[EnclosedFile, ...] = ()
    automatic: Automatic | None = None
    returned: tuple[str, ...] = ()
    permanent: bool = False
    """Whether a bounce is for good (status 5.x.x)."""
