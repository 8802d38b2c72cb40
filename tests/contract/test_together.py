"""Work of several conversations at once, on either database: each is stored once, and each is told of its own."""

import asyncio
from datetime import datetime, timezone

from jawab.desk.together import Together
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.conversations.store import Store
from jawab.support.errors import ClientIdReused
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
LATER = datetime(2027, 1, 2, 11, tzinfo=timezone.utc)


def test_messages_that_come_at_once_are_each_stored_once_and_read_back(database):
    store, together = Store(database), Together(database)
    chats = [begin(shop="souq", lang=Lang.AR, now=NOW) for _ in range(12)]

    async def talk(chat):
        await together.write(store.open_conversation, chat, Draft("مرحبا", Lang.AR))
        got = await together.write(
            store.accept, chat.id, Arrival("c1", text=f"أين طلبي؟ {chat.id}"), now=LATER
        )
        again = await together.write(
            store.accept, chat.id, Arrival("c1", text=f"أين طلبي؟ {chat.id}"), now=LATER
        )
        other = together.write(store.accept, chat.id, Arrival("c1", text="غير ذلك"), now=LATER)
        (refused,) = await asyncio.gather(other, return_exceptions=True)
        _, said = await together.read(store.messages_after, chat.id, 0, limit=9)
        return got.fresh, again.fresh, type(refused), said == got.message == again.message

    async def scenario():
        return await asyncio.gather(*map(talk, chats))

    assert asyncio.run(scenario()) == [(True, False, ClientIdReused, True)] * len(chats)
    assert store.counts().messages == 2 * len(chats)
