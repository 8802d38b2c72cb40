"""What a shopper thought of an agent's help: asked once in a conversation, one to five stars and a word."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.handovers.handover import Ending

STARS = range(1, 6)
DISSATISFIED = 2
WORD_LENGTH = 1000
# Whoever writes later than this after the invitation writes about something else.
WORD_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True)
class Satisfaction:
    """One conversation's question and its answer. `wants_word`: the shopper's next message is their word on it."""

    conversation_id: str
    asked_at: datetime
    agent_id: int | None = None
    reference: str | None = None
    stars: int | None = None
    rated_at: datetime | None = None
    wants_word: bool = False
    word: str | None = None

    def takes_word(self, now: datetime) -> bool:
        """Whether a message that comes now is the shopper's word."""
        return self.wants_word and self.rated_at is not None and now - self.rated_at <= WORD_WITHIN


def is_asked_after(ending: Ending) -> bool:
    """Whether a hand-over that ended like this was help to be rated: an agent closed it. What only went back to the
    bot, or to nobody, was not.
    """
    return ending is Ending.CLOSED


def may_be_asked(conversation: Conversation, before: Satisfaction | None) -> bool:
    """Whether the question may be put: once in a conversation, and to nobody who is talking to a person."""
    return before is None and conversation.owner is Owner.BOT
