"""A phone that a messaging app vouches for: kept with the chat, and what joins the person's conversations.

Never in a group, where several people write; never a number that somebody typed, or somebody else's card.
"""

from collections.abc import Callable
from datetime import datetime

from jawab.channels.contract import Incoming
from jawab.support import contact
from jawab.support.apps.chat import Chat
from jawab.support.apps.store import ChatStore
from jawab.support.errors import BadPhone
from jawab.support.persons.store import PersonStore


class Vouching:
    """Hears what apps say of their users' numbers."""

    def __init__(
        self, chats: ChatStore, persons: PersonStore, clock: Callable[[], datetime]
    ) -> None:
        self._chats = chats
        self._persons = persons
        self._clock = clock

    def by_message(self, chat: Chat, incoming: Incoming) -> None:
        """An app that knows its users by their numbers tells one with every message; a foreign number is left alone."""
        if not incoming.own_phone or incoming.group or incoming.phone is None:
            return
        try:
            phone = contact.phone(incoming.phone)
        except BadPhone:
            return
        if not (chat.phone_verified and chat.phone == phone):
            self._vouched(chat, phone)

    def by_contact(self, chat: Chat, phone: str, incoming: Incoming) -> None:
        """A number was shared: the sender's own, or just some number."""
        if incoming.own_phone and not incoming.group:
            self._vouched(chat, phone)
        else:
            self._chats.share_phone(chat.conversation_id, phone, verified=False)

    def _vouched(self, chat: Chat, phone: str) -> None:
        # The chat last: what is cut off in between is done again with the next message.
        self._persons.vouch(chat.conversation_id, phone, who=chat.account, now=self._clock())
        self._chats.share_phone(chat.conversation_id, phone, verified=True)
