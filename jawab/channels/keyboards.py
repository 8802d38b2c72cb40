"""Below which chats a keyboard of ours stands, so that it goes when what it was for is over."""

_REMEMBERED = 10_000


class Keyboards:
    """Remembers so many chats, in this process: one that is forgotten keeps its keyboard until it is used.

    >>> keyboards = Keyboards()
    >>> keyboards.put("42", turn="7")
    >>> keyboards.over("42", turn="7"), keyboards.over("42", turn="9")
    (False, True)
    """

    def __init__(self) -> None:
        self._standing: dict[str, str] = {}

    def stands(self, chat: str) -> bool:
        """Whether one stands there."""
        return chat in self._standing

    def over(self, chat: str, *, turn: str) -> bool:
        """Whether one stands there that came in another turn than this: what follows in the same turn leaves it."""
        return self._standing.get(chat, turn) != turn

    def put(self, chat: str, *, turn: str) -> None:
        """One was put there in this turn."""
        self._standing.pop(chat, None)
        self._standing[chat] = turn
        if len(self._standing) > _REMEMBERED:
            del self._standing[next(iter(self._standing))]

    def take(self, chat: str) -> None:
        """It was taken away."""
        self._standing.pop(chat, None)
