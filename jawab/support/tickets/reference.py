"""A ticket's reference: made at random, read forgivingly. Its form lives in `jawab.text.reference`."""

import secrets
from collections.abc import Callable

from jawab.support.errors import UnreadableReference, WrongCheckSign
from jawab.text.reference import (
    ALPHABET,
    LENGTH,
    LETTERS,
    PATTERN,
    PREFIX,
    canonical,
    check_sign,
    sound,
)

__all__ = ["PATTERN", "new", "parse"]


def new(choose: Callable[[str], str] = secrets.choice) -> str:
    """A reference nobody has chosen, one of 27 million: `JW-K37-W9F2`. It begins with a letter, so that it
    is never taken for an order number.
    """
    body = choose(LETTERS) + "".join(choose(ALPHABET) for _ in range(LENGTH - 2))
    signs = body + check_sign(body)
    return f"{PREFIX}-{signs[:3]}-{signs[3:]}"


def parse(text: str) -> str:
    """The reference as it is stored; `UnreadableReference` for what is none, `WrongCheckSign` for one
    with a slip in it, which no ticket can have.

    >>> parse("jw-k۳۷-w۹f۲")
    'JW-K37-W9F2'
    >>> parse("K٣٧ W٩F٢")
    'JW-K37-W9F2'
    """
    found = canonical(text)
    if found is None:
        raise UnreadableReference("a reference has seven signs after JW, as JW-K37-W9F2")
    if not sound(found):
        raise WrongCheckSign("one sign of this reference is wrong, or two changed places")
    return found
