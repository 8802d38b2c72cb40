"""Notes: what agents tell each other about a conversation; the shopper never reads them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Note:
    """One note of an agent."""

    id: int
    conversation_id: str
    agent_id: int
    agent_name: str
    text: str
    at: datetime
