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
    came by (`jawab.channels.apps`), or the site; `signed_as` the shopper's user id at the shop, which has signed it.
    """

    id: str
    shop: str
    lang: Lang
    owner: Owner
    created_at: datetime
    channel: str = SITE
    signed_as: str | None = None


def begin(
    *, shop: str, lang: Lang, now: datetime, channel: str = SITE, signed_as: str | None = None
) -> Conversation:
    """A new conversation, answered by the bot, under an id nobody can guess (128 bits)."""
    id = secrets.token_urlsafe(16)
    return Conversation(id, shop, lang, Owner.BOT, now, channel, signed_as)
