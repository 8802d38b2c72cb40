"""Who a shopper is at the shop, as the shop's own server vouches for it.

The shop signs its user's id and a moment, with a secret that it shares with this installation: HMAC-SHA-256 (RFC 2104).
"""

import hashlib
import hmac
from dataclasses import dataclass

from jawab.support.errors import SupportError
from jawab.support.texts import in_one_line

LENGTH = 120


class IdentityError(SupportError):
    """A shopper is not who the page says."""


class IdentityForged(IdentityError):
    """Nobody who knows the shop's secret has signed this."""


class IdentityExpired(IdentityError):
    """The signature was right, and is too old."""


@dataclass(frozen=True)
class Identity:
    """A user's id at the shop, until when this holds (seconds since 1970), and the signature in hexadecimal digits."""

    user: str
    expires: int
    signature: str


def sign(user: str, expires: int, *, shop: str, secret: str) -> str:
    """What the shop's server computes.

    >>> sign("4711", 1800000000, shop="souq", secret="s" * 32)[:16]
    '002659ac8cfe67e0'
    """
    signed = f"{shop}\n{user}\n{expires}".encode("utf-8", "surrogatepass")
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def verified(identity: Identity, *, shop: str, secret: str, now: float) -> str:
    """The user's id, or `IdentityForged` or `IdentityExpired`; a forged one is never told whether it is old."""
    expected = sign(identity.user, identity.expires, shop=shop, secret=secret)
    given = identity.signature.lower().encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(given, expected.encode()):
        raise IdentityForged(
            "this signature is not the shop's; sign with the secret of its setting"
        )
    if identity.expires <= now:
        raise IdentityExpired("this signature has expired; the shop's page is to make another")
    return in_one_line(identity.user)[:LENGTH]
