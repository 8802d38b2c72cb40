"""What was done to a person's conversations: one line each, only ever added to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class What(str, Enum):
    """What can happen between conversations and the person they belong to."""

    JOINED = "joined"
    SEPARATED = "separated"
    REJOINED = "rejoined"


@dataclass(frozen=True)
class Event:
    """`who` is the messaging app's account that vouched, or an agent by name; `data` holds the proof, never a phone."""

    conversation_id: str
    who: str
    what: What
    data: Mapping[str, Any]
    at: datetime
