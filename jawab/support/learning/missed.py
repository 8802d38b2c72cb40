"""Messages the bot did not answer well, and why it is thought so."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from jawab.text.lang import Lang


class Why(str, Enum):
    """What became of a message."""

    NOT_UNDERSTOOD = "not_understood"
    OFFERED = "offered"  # questions were offered, and none was pressed
    VOTED_DOWN = "voted_down"


@dataclass(frozen=True)
class Missed:
    """One message of a shopper that was not answered well."""

    message_id: int
    text: str
    lang: Lang
    shop: str
    at: datetime
    why: Why
