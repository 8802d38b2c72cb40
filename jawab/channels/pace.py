"""How fast an account may speak: so many messages a second in all, and a pause between two to one chat."""

import time
from collections.abc import Callable
from datetime import timedelta

import anyio

from jawab.channels.contract import Capabilities

_MANY = 10_000


class Pace:
    """Gives each call its moment; calls that come at once get theirs one after the other."""

    def __init__(
        self, capabilities: Capabilities, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._step = 1.0 / capabilities.per_second
        self._pause = capabilities.chat_pause.total_seconds()
        self._clock = clock
        self._account = 0.0
        self._chats: dict[str, float] = {}

    def reserve(self, chat: str) -> float:
        """Take the next free moment for a message to this chat; how many seconds it is away."""
        now = self._clock()
        at = max(now, self._account, self._chats.get(chat, 0.0))
        # An account's place is taken from now on, not from a chat's late moment: others need not wait for that chat.
        self._account = max(now, self._account) + self._step
        self._chats[chat] = at + self._pause
        if len(self._chats) > _MANY:
            self._chats = {one: free for one, free in self._chats.items() if free > now}
        return at - now

    async def turn(self, chat: str) -> None:
        """Wait for this chat's next free moment."""
        await anyio.sleep(self.reserve(chat))

    def hold(self, chat: str, time: timedelta) -> None:
        """Leave a chat alone for a while: the app said so."""
        free = self._clock() + time.total_seconds()
        self._chats[chat] = max(self._chats.get(chat, 0.0), free)
