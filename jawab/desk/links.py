"""The addresses of attachments: signed, short-lived, and the same for a while, so that a browser keeps the file."""

from collections.abc import Callable
from datetime import datetime, timedelta

from itsdangerous import BadData, SignatureExpired

from jawab.desk.failures import Refusal
from jawab.desk.tokens import clocked_serializer, loaded

PATH = "/api/v1/attachments"
_PURPOSE = "jawab.attachment"


class Links:
    """Makes and opens addresses. One works for `lifetime` at most, for half of it at least."""

    def __init__(self, secret: str, *, lifetime: timedelta, clock: Callable[[], datetime]) -> None:
        self._seconds = int(lifetime.total_seconds())
        self.seconds_at_least = self._seconds // 2
        step = max(1, self.seconds_at_least)

        def last_step() -> datetime:
            now = clock()
            return now - timedelta(seconds=now.timestamp() % step)

        self._makes = clocked_serializer(secret, _PURPOSE, last_step)
        self._opens = clocked_serializer(secret, _PURPOSE, clock)
        self._clock = clock

    def to(self, attachment_id: str) -> str:
        """The address, below the desk's own, at which this file can be read now."""
        return f"{PATH}/{self._makes.dumps(attachment_id)}"

    def open(self, signed: str) -> str:
        """The file's id, or a refusal: 410 for an address too old, 404 for one that is none."""
        try:
            found = loaded(self._opens, signed, seconds=self._seconds, now=self._clock())
        except SignatureExpired:
            raise Refusal(410, "link_expired") from None
        except BadData:
            raise Refusal(404, "not_found") from None
        return str(found)
