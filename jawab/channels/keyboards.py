"""Below which chats a keyboard of ours stands, so that it goes when what it was for is over."""

_REMEMBERED = 10_000


class Keyboards:
    """Remembers so many chats, in this process: one that is forgotten keeps its keyboard until it is used."""

    def __init__(self) -> None:
        self._standing: dict[str, None] = {}

    def stands(self, chat: str) -> bool:
        """Whether one stands there."""
        return chat in self._standing

    def put(self, chat: str, *, up: bool) -> None:
        """One was put there, or taken away."""
        self._standing.pop(chat, None)
        if up:
            self._standing[chat] = None
            if len(self._standing) > _REMEMBERED:
                del self._standing[next(iter(self._standing))]
