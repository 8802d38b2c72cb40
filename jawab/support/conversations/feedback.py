"""What a shopper thinks of one of the bot's messages: the last word counts."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Verdict(str, Enum):
    """Thumb up or down."""

    UP = "up"
    DOWN = "down"


class Reason(str, Enum):
    """What was the matter with an answer."""

    WRONG = "wrong"
    UNCLEAR = "unclear"
    INCOMPLETE = "incomplete"
    OTHER = "other"


@dataclass(frozen=True)
class Feedback:
    """One verdict on one message of the bot."""

    conversation_id: str
    message_id: int
    value: Verdict
    at: datetime
    reason: Reason | None = None
    comment: str | None = None
