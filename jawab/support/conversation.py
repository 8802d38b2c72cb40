"""A conversation: which shop, which language, and who answers in it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from jawab.text.language import Lang

SITE = "site"
EMAIL = "email"


class Owner(str, Enum):
    """Who answers: the bot, or a person. Kept here alone, never in the bot's own memory."""

    BOT = "bot"
    HUMAN = "human"


@dataclass(frozen=True)
class Conversation:
    """One shopper's conversation with one shop. `lang` is the language last spoken in it; `channel` the messaging app it
    came by (`jawab.channels.apps`), or the site.
    """

    id: str
    shop: str
    lang: Lang
    owner: Owner
    created_at: datetime
    channel: str = SITE


def begin(*, shop: str, lang: Lang, now: datetime, channel: str = SITE) -> Conversation:
    """A new conversation, answered by the bot, under an id nobody can guess (128 bits)."""
    return Conversation(secrets.token_urlsafe(16), shop, lang, Owner.BOT, now, channel)
