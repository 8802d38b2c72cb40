"""Long answers in pieces that an app takes: cut at the end of a paragraph, a line, a sentence, a word."""

import re
import unicodedata

ZWNJ, ZWJ = "\u200c", "\u200d"

# From the best place to the worst; each match ends where the next piece may begin.
_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\n\s*\n\s*",
        r"\n\s*",
        r"(?<![.!?…؟۔])[.!?…؟۔]+[\"'»”’)\]]*\s+",
        r"[،,;؛:]\s+",
        r"\s+",
    )
)
_JOINING = frozenset((ZWNJ, ZWJ))
_FLAGS = range(0x1F1E6, 0x1F200)
_SKINS = range(0x1F3FB, 0x1F400)


def units(text: str) -> int:
    """The length in UTF-16 units, as the messaging apps count.

    >>> units("سلام"), units("👋")
    (4, 2)
    """
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int) -> tuple[str, ...]:
    """Pieces of at most `limit` units, without blanks at their ends; together they are the whole text.

    Never within a character that is written with several code points; within a word or an address only where it alone is
    longer than the limit.

    >>> split("سلام. خوبید؟ ممنون", 12)
    ('سلام. خوبید؟', 'ممنون')
    >>> split("أهلًا بكم! كيف أخدمكم؟", 15)
    ('أهلًا بكم!', 'كيف أخدمكم؟')
    """
    pieces = []
    rest = text.strip()
    while units(rest) > limit:
        at = _place(rest, _fitting(rest, limit))
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return tuple(piece for piece in (*pieces, rest) if piece)


def _fitting(text: str, limit: int) -> int:
    """How many characters of the text fit."""
    used = 0
    for count, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return max(count, 1)
    return len(text)


def _place(text: str, most: int) -> int:
    """Where to cut within the first `most` characters: at the best kind of place in their second half."""
    for pattern in _PLACES:
        # One more, since the blank that ends a sentence need not fit itself.
        found = [match.end() for match in pattern.finditer(text[: most + 1]) if _fits(match, most)]
        if found and (found[-1] >= most // 2 or pattern is _PLACES[-1]):
            return found[-1]
    at = most
    while at > 1 and _joined(text, at):
        at -= 1
    return at if at > 1 or not _joined(text, 1) else most


def _fits(match: "re.Match[str]", most: int) -> bool:
    return match.start() > 0 and len(match.group().rstrip()) + match.start() <= most


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of this place are written as one."""
    before, after = text[at - 1], text[at]
    if after in _JOINING or before == ZWJ:
        return True
    if unicodedata.category(after) in ("Mn", "Me", "Mc") or ord(after) in _SKINS:
        return True
    if ord(before) in _FLAGS and ord(after) in _FLAGS:
        flags = 0
        while flags < at and ord(text[at - 1 - flags]) in _FLAGS:
            flags += 1
        return flags % 2 == 1
    return False
