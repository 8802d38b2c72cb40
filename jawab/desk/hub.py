"""Live news of conversations, between the worker and the open streams of one process.

What is said is in the database; the hub only says that there is something new to read, so a lost or
merged piece of news loses no message. Typing and ownership travel whole, the latest of each counts.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

MESSAGE = "message"
TYPING = "typing"
OWNER = "owner"
QUEUE = "queue"
# What concerns agents is published here; no conversation's id is that short.
AGENTS = "agents"


@dataclass(frozen=True)
class News:
    """Something new in a conversation: its kind, and what the stream's event carries."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


class Subscription(Protocol):
    """One listener's side."""

    async def next(self) -> tuple[News, ...]:
        """Wait for news; all of it since the last call, the latest of each kind."""
        ...


class Hub(Protocol):
    """Where news is published and listened to."""

    def start(self) -> None:
        """Begin, in the event loop that runs."""
        ...

    async def stop(self) -> None:
        """End."""
        ...

    async def trouble(self) -> str | None:
        """Why news of other desks does not come; None when it does, or when there are none."""
        ...

    def overhear(self, listener: Callable[[str, News], None]) -> None:
        """Call this with everything that is published, of whichever conversation; it must not wait."""
        ...

    def publish(self, conversation_id: str, news: News) -> None:
        """Tell every listener of this conversation."""
        ...

    def subscribe(self, conversation_id: str) -> AbstractContextManager[Subscription]:
        """Listen to this conversation while the context lasts."""
        ...


class _Listener:
    def __init__(self) -> None:
        self._latest: dict[str, News] = {}
        self._something = asyncio.Event()

    def put(self, news: News) -> None:
        self._latest.pop(news.kind, None)  # the newest goes to the end
        self._latest[news.kind] = news
        self._something.set()

    async def next(self) -> tuple[News, ...]:
        await self._something.wait()
        self._something.clear()
        latest, self._latest = self._latest, {}
        return tuple(latest.values())


class InProcessHub:
    """The hub of a single desk process; only for its event loop's thread."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[_Listener]] = {}
        self._overhearing: list[Callable[[str, News], None]] = []

    def start(self) -> None:
        """Nothing is to be begun."""

    async def stop(self) -> None:
        """Nothing is to be ended."""

    async def trouble(self) -> str | None:
        """There are no other desks."""
        return None

    def look_again(self) -> None:
        """Tell every listener that it may have missed a message."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.put(News(MESSAGE))

    def overhear(self, listener: Callable[[str, News], None]) -> None:
        """Call this with everything that is published, of whichever conversation; it must not wait."""
        self._overhearing.append(listener)

    def publish(self, conversation_id: str, news: News) -> None:
        """Tell every listener of this conversation; never waits."""
        for listener in self._listeners.get(conversation_id, ()):
            listener.put(news)
        for overhear in self._overhearing:
            overhear(conversation_id, news)

    @contextmanager
    def subscribe(self, conversation_id: str) -> Iterator[Subscription]:
        """Listen to this conversation while the context lasts."""
        listener = _Listener()
        self._listeners.setdefault(conversation_id, set()).add(listener)
        try:
            yield listener
        finally:
            here = self._listeners[conversation_id]
            here.discard(listener)
            if not here:
                del self._listeners[conversation_id]
