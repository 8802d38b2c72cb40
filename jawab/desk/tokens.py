"""A shopper's token: signed, for one conversation, for a limited time."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from jawab.desk.failures import Refusal

_BEARER = {"WWW-Authenticate": "Bearer"}


def clocked_serializer(
    secret: str, salt: str, clock: Callable[[], datetime]
) -> URLSafeTimedSerializer:
    """The library's serializer by our clock.

    What has been signed for one purpose (`salt`) opens nothing of another.
    """

    class ClockedSigner(TimestampSigner):
        """The library's signer, by our clock."""

        def get_timestamp(self) -> int:
            """Seconds since 1970."""
            return int(clock().timestamp())

    return URLSafeTimedSerializer(
        secret, salt=salt, signer=ClockedSigner, signer_kwargs={"digest_method": hashlib.sha256}
    )


def loaded(
    serializer: URLSafeTimedSerializer, signed: str, *, seconds: int, now: datetime
) -> object:
    """What was signed, or `BadData`; `SignatureExpired` when it is older than that.

    What was signed in the future is good, though the library says otherwise: the clock was put back since.
    """
    content, at = serializer.loads(signed, return_timestamp=True)
    if now - at > timedelta(seconds=seconds):
        raise SignatureExpired("too old", payload=content, date_signed=at)
    return content


class Tokens:
    """Issues and checks tokens. They are stateless: whoever knows the secret can check one.

    >>> from datetime import timezone
    >>> tokens = Tokens("s" * 32, lifetime=timedelta(days=1), clock=lambda: datetime.now(timezone.utc))
    >>> tokens.check(tokens.issue("c1"), "c1")
    """

    def __init__(self, secret: str, *, lifetime: timedelta, clock: Callable[[], datetime]) -> None:
        self._serializer = clocked_serializer(secret, "jawab.conversation", clock)
        self._clock = clock
        self._lifetime = int(lifetime.total_seconds())

    def issue(self, conversation_id: str) -> str:
        """A token that opens this conversation and no other."""
        return str(self._serializer.dumps(conversation_id))

    def check(self, token: str, conversation_id: str) -> None:
        """Pass, or refuse: 401 for a token that is none or too old, 403 for another conversation's.

        The answer does not tell whether the other conversation exists.
        """
        try:
            opened = loaded(self._serializer, token, seconds=self._lifetime, now=self._clock())
        except SignatureExpired:
            raise Refusal(401, "token_expired", headers=_BEARER) from None
        except BadData:
            raise Refusal(401, "token_invalid", headers=_BEARER) from None
        if opened != conversation_id:
            raise Refusal(403, "forbidden")

    def check_header(self, authorization: str | None, conversation_id: str) -> None:
        """Check the token of an `Authorization: Bearer …` header, the only place it may come in."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Refusal(401, "token_missing", headers=_BEARER)
        self.check(token.strip(), conversation_id)
