"""Somebody's typing, shown to the other side while it lasts; it ends by itself, and with the message."""

import asyncio
from collections.abc import Callable

from jawab.desk.hub import AGENTS, TYPING, Hub, News

AGENT_TYPES = News(TYPING, {"author": "agent", "on": True})
AGENT_RESTS = News(TYPING, {"author": "agent", "on": False})
SHOPPERS_TYPING = News(TYPING)  # agents' streams look up where


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

    def stop(self) -> None:
        """Forget all signs."""
        for end in self._ends.values():
            end.cancel()
        self._ends.clear()


def of_agents(hub: Hub, *, seconds: float) -> TypingSigns:
    """Agents' typing, told to the streams of the conversation."""

    def tell(conversation_id: str, on: bool) -> None:
        hub.publish(conversation_id, AGENT_TYPES if on else AGENT_RESTS)

    return TypingSigns(tell, seconds=seconds)


def of_shoppers(hub: Hub, *, seconds: float) -> TypingSigns:
    """Shoppers' typing, told to the agents' streams."""

    def tell(_conversation_id: str, _on: bool) -> None:
        hub.publish(AGENTS, SHOPPERS_TYPING)

    return TypingSigns(tell, seconds=seconds)
