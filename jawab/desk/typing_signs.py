"""An agent's typing, shown to the shopper while it lasts; it ends by itself, and with the message."""

import asyncio

from jawab.desk.hub import TYPING, Hub, News

AGENT_TYPES = News(TYPING, {"author": "agent", "on": True})
AGENT_RESTS = News(TYPING, {"author": "agent", "on": False})


class TypingSigns:
    """Who is typing where; only for the event loop's thread."""

    def __init__(self, hub: Hub, *, seconds: float) -> None:
        self._hub = hub
        self._seconds = seconds
        self._ends: dict[str, asyncio.TimerHandle] = {}

    def begin(self, conversation_id: str) -> None:
        """An agent types; the sign goes out unless this is said again in time."""
        before = self._ends.pop(conversation_id, None)
        if before is not None:
            before.cancel()
        else:
            self._hub.publish(conversation_id, AGENT_TYPES)
        self._ends[conversation_id] = asyncio.get_running_loop().call_later(
            self._seconds, self.end, conversation_id
        )

    def end(self, conversation_id: str) -> None:
        """The agent has written, or paused."""
        end = self._ends.pop(conversation_id, None)
        if end is not None:
            end.cancel()
            self._hub.publish(conversation_id, AGENT_RESTS)

    def of(self, conversation_id: str) -> News | None:
        """The sign that a stream which begins now has missed."""
        return AGENT_TYPES if conversation_id in self._ends else None

    def stop(self) -> None:
        """Forget all signs."""
        for end in self._ends.values():
            end.cancel()
        self._ends.clear()
