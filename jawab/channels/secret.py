"""Comparing what was sent with what only the app and we know."""

import hmac


def same(given: str, expected: str) -> bool:
    """Compare a secret in constant time; an empty one is never right."""
    known = expected.encode()
    return bool(known) and hmac.compare_digest(given.encode("utf-8", "surrogatepass"), known)
