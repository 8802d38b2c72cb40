"""Agents' passwords: kept as argon2id hashes, compared at the same cost whether there is such an agent or not."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from jawab.support.errors import PasswordTooWeak

SHORTEST = 10
LONGEST = 200


def hashed(password: str) -> str:
    """The hash that is stored, or `PasswordTooWeak`."""
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < SHORTEST // 2:
        raise PasswordTooWeak(
            f"a password has {SHORTEST} to {LONGEST} characters, not the same few again and again"
        )
    return _hasher().hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; without a stored hash the same work is done, for False."""
    try:
        good = _hasher().verify(stored or _nobodys(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return good and stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made at a lower cost than today's."""
    return _hasher().check_needs_rehash(stored)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher().hash("nobody's password, of about the usual length")
