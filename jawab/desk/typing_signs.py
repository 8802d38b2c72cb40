"""Somebody's typing, shown to the other side while it lasts; it ends by itself, and with the message.

What is typed at another desk is mirrored here, for streams that begin in the meantime.
"""

import asyncio
from collections.abc import Callable

from jawab.desk.hub import AGENTS, TYPING, Hub, News

AGENT_TYPES = News(TYPING, {"author": "agent", "on": True})
AGENT_RESTS = News(TYPING, {"author": "agent", "on": False})
# A sign of another desk that never says it is over, for that desk has died, ends after so many times the usual.
_MIRRORED_LONGER = 5


class TypingSigns:
    """Where one side is typing; `tell(conversation, on)` hears of each change. Only for the event loop's thread."""

    def __init__(self, tell: Callable[[str, bool], None], *, seconds: float) -> None:
        self._tell = tell
        self._seconds = seconds
        self._ends: dict[str, asyncio.TimerHandle] = {}

    def begin(self, conversation_id: str) -> None:
        """Somebody types; the sign goes out unless this is said again in time."""
        before = self._ends.pop(conversation_id, None)
        self._ends[conversation_id] = asyncio.get_running_loop().call_later(
            self._seconds, self.end, conversation_id
        )
        if before is not None:
            before.cancel()
        else:
            self._tell(conversation_id, True)

    def end(self, conversation_id: str) -> None:
        """What was typed is sent, or a pause was made."""
        end = self._ends.pop(conversation_id, None)
        if end is not None:
            end.cancel()
            self._tell(conversation_id, False)

    def is_on(self, conversation_id: str) -> bool:
        """Whether the sign is out, for a stream that begins now and has missed it."""
        return conversation_id in self._ends

    def mirror(self, conversation_id: str, on: bool) -> None:
        """Somebody types at another desk, or no longer; nobody is told."""
        if on and conversation_id not in self._ends:
            self._ends[conversation_id] = asyncio.get_running_loop().call_later(
                _MIRRORED_LONGER * self._seconds, self.mirror, conversation_id, False
            )
        elif not on and (end := self._ends.pop(conversation_id, None)) is not None:
            end.cancel()

    def stop(self) -> None:
        """Forget all signs."""
        for end in self._ends.values():
            end.cancel()
        self._ends.clear()


def of_agents(hub: Hub, *, seconds: float) -> TypingSigns:
    """Agents' typing, told to the streams of the conversation."""

    def tell(conversation_id: str, on: bool) -> None:
        hub.publish(conversation_id, AGENT_TYPES if on else AGENT_RESTS)

    def overheard(conversation_id: str, news: News) -> None:
        if news.kind == TYPING and news.data.get("author") == "agent":
            signs.mirror(conversation_id, bool(news.data.get("on")))

    signs = TypingSigns(tell, seconds=seconds)
    hub.overhear(overheard)
    return signs


def of_shoppers(hub: Hub, *, seconds: float) -> TypingSigns:
    """Shoppers' typing, told to the agents' streams, which look up in which of their conversations."""

    def tell(conversation_id: str, on: bool) -> None:
        hub.publish(AGENTS, News(TYPING, {"conversation": conversation_id, "on": on}))

    def overheard(about: str, news: News) -> None:
        if about == AGENTS and news.kind == TYPING:
            signs.mirror(str(news.data.get("conversation")), bool(news.data.get("on")))

    signs = TypingSigns(tell, seconds=seconds)
    hub.overhear(overheard)
    return signs
