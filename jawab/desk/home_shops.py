"""Which shop a conversation belongs to: it never changes, so that it is asked of the database once."""

from collections import OrderedDict

from jawab.desk.threads import in_thread
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.store import Store

_MOST = 20_000


class HomeShops:
    """The shops of the latest conversations. Only for the event loop's thread."""

    def __init__(self, store: Store, most: int = _MOST) -> None:
        self._store = store
        self._most = most
        self._shops: OrderedDict[str, str] = OrderedDict()

    def note(self, conversation: Conversation) -> None:
        """Keep a conversation's shop at hand."""
        self._shops[conversation.id] = conversation.shop
        self._shops.move_to_end(conversation.id)
        if len(self._shops) > self._most:
            self._shops.popitem(last=False)

    async def of(self, conversation_id: str) -> str:
        """The shop's id, or `UnknownConversation`; one that was erased lately may still be known."""
        shop = self._shops.get(conversation_id)
        if shop is None:
            found = await in_thread(self._store.conversation, conversation_id)
            self.note(found)
            return found.shop
        self._shops.move_to_end(conversation_id)
        return shop
