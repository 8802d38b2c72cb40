"""What turns came to for which a request of this process waits: at hand, so that nobody looks for it in the database.

Only a short cut. Whoever finds nothing here looks into the database, which knows all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from jawab.support.conversations.message import Message

# What a turn came to, None while nothing of its end is known here.
Ending: TypeAlias = Callable[[], tuple[Message, ...] | None]


class Endings:
    """Only for the event loop's thread."""

    def __init__(self) -> None:
        self._awaited: dict[int, tuple[Message, ...] | None] = {}

    @contextmanager
    def awaited(self, message_id: int) -> Iterator[Ending]:
        """Have the end of this message's turn kept while the context lasts."""
        self._awaited[message_id] = None
        try:
            yield lambda: self._awaited.get(message_id)
        finally:
            self._awaited.pop(message_id, None)

    def over(self, message_id: int, replies: tuple[Message, ...]) -> None:
        """A turn has ended, with these replies."""
        if message_id in self._awaited:
            self._awaited[message_id] = replies
