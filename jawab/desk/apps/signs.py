"""The small signs of life in messaging apps: a pressed button's spinner ends, and somebody is shown to be writing."""

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from typing import Any

from jawab.channels.contract import Incoming
from jawab.desk.apps.accounts import OpenAccount
from jawab.desk.hub import TYPING, News
from jawab.support.apps.chat import Chat

_REMEMBERED = 10_000


class ChannelSigns:
    """Gives them beside the messages; whatever becomes of them, no message waits for one."""

    def __init__(self) -> None:
        self._chats: OrderedDict[str, tuple[OpenAccount, str]] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self, account: OpenAccount, chat: Chat, incoming: Incoming) -> None:
        """Remember who wrote last, and end the spinner of a pressed button."""
        self._chats[chat.conversation_id] = (account, chat.chat)
        self._chats.move_to_end(chat.conversation_id)
        if len(self._chats) > _REMEMBERED:
            self._chats.popitem(last=False)
        if incoming.press is not None:
            self._aside(account.channel.acknowledge(incoming))

    def overhear(self, conversation_id: str, news: News) -> None:
        """Show in the chat that the bot or an agent has begun to write."""
        if news.kind != TYPING or not news.data.get("on") or news.data.get("author") == "shopper":
            return
        if (found := self._chats.get(conversation_id)) is not None:
            account, chat = found
            self._aside(account.channel.typing(chat))

    async def stop(self) -> None:
        """End what is under way."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _aside(self, sign: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(sign, name="channel sign")
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that the loop does not complain of it
