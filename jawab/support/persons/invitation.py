"""The token of a link that joins two conversations: signed, for one account of a messaging app, and never stored.

It goes as a deep link's payload, for which Telegram and Bale leave 64 characters of A-Z, a-z, 0-9, "_" and "-":
https://core.telegram.org/bots/features#deep-linking
"""

import base64
import hashlib
import hmac
import re
import secrets

PREFIX = "jw-"
_NONCE_BYTES = _SIGN_BYTES = 16
_TOKEN = re.compile(r"jw-([A-Za-z0-9_-]{43})")


class InvitationSigns:
    """Signs with the installation's secret.

    >>> signs = InvitationSigns("s" * 32)
    >>> token = signs.new("digikala-telegram")
    >>> signs.holds(token, "digikala-telegram"), signs.holds(token, "souq-telegram")
    (True, False)
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def new(self, account: str) -> str:
        """A token for a link to this account."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        signed = base64.urlsafe_b64encode(nonce + self._sign(nonce, account))
        return PREFIX + signed.decode().rstrip("=")

    def holds(self, token: str, account: str) -> bool:
        """Whether this very account's token was made here."""
        found = _TOKEN.fullmatch(token)
        if found is None:
            return False
        raw = base64.urlsafe_b64decode(found[1] + "=")
        nonce, sign = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        return hmac.compare_digest(sign, self._sign(nonce, account))

    def _sign(self, nonce: bytes, account: str) -> bytes:
        told = b"join " + nonce + account.encode()
        return hmac.new(self._secret, told, hashlib.sha256).digest()[:_SIGN_BYTES]


def is_invitation(payload: str | None) -> bool:
    """Whether a deep link's payload is a token, or pretends to be one."""
    return payload is not None and payload.startswith(PREFIX)


def digest(token: str) -> str:
    """Under which name a token is kept.

    A token's last character holds two bits that mean nothing, so that it could be written in four ways: these are one.
    """
    found = _TOKEN.fullmatch(token)
    raw = base64.urlsafe_b64decode(found[1] + "=") if found else token.encode()
    return hashlib.sha256(raw).hexdigest()
