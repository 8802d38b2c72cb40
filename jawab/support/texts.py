"""What a shopper's text may hold when it is stored, and how it is handed to the bot."""

import re
import unicodedata
from typing import Any

from jawab.support.errors import EmptyMessage, MessageTooLong

SLASH = "/"
FRACTION_SLASH = "\u2044"
NUL = "\x00"
REPLACEMENT = "\ufffd"
HANGUL_CHOSEONG_FILLER = "\u115f"
HANGUL_JUNGSEONG_FILLER = "\u1160"
HANGUL_FILLER = "\u3164"
HALFWIDTH_HANGUL_FILLER = "\uffa0"
BRAILLE_BLANK = "\u2800"
RIGHT_TO_LEFT_OVERRIDE = "\u202e"

_BLANK_LETTERS = frozenset(
    (
        HANGUL_CHOSEONG_FILLER,
        HANGUL_JUNGSEONG_FILLER,
        HANGUL_FILLER,
        HALFWIDTH_HANGUL_FILLER,
        BRAILLE_BLANK,
    )
)
# Separators, control characters and format characters (zero-width ones, bidi marks, byte-order mark).
_INVISIBLE = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Embeddings, overrides and isolates of the bidi algorithm: they reach beyond the text they came in.
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def storable(text: str) -> str:
    """Take out what nobody types and no database, page, terminal or printer should get; all else stays as it was typed.

    Control characters but tab and line ends are dropped, a lone surrogate becomes U+FFFD.

    >>> storable("سلام" + NUL)
    'سلام'
    >>> storable("مرحبا")
    'مرحبا'
    """
    return _SURROGATE.sub(REPLACEMENT, _CONTROL.sub("", text))


def in_one_line(text: str) -> str:
    """A name or a subject for a line that it shares with others, which it may neither break nor turn around.

    >>> in_one_line("سارا" + RIGHT_TO_LEFT_OVERRIDE + " \\n احمدی")
    'سارا احمدی'
    >>> in_one_line("محمد العتيبي")
    'محمد العتيبي'
    """
    return " ".join(unturned(text).split())


def unturned(text: str) -> str:
    """A text for a place where others stand beside it: without what would turn those around."""
    return _TURNING.sub("", storable(text))


def storable_values(value: Any) -> Any:
    """The same for every text inside lists and dictionaries, keys too."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_values(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_values(item) for item in value]
    return value


def accepted(text: str, *, limit: int) -> str:
    """Return the text as it is to be stored, or raise `EmptyMessage` or `MessageTooLong`.

    The length is counted in characters, before anything is looked at, so a huge text costs nothing.

    >>> accepted(" سلام ", limit=10)
    ' سلام '
    >>> accepted("وين طلبي؟", limit=10)
    'وين طلبي؟'
    """
    if len(text) > limit:
        raise MessageTooLong(limit)
    text = storable(text)
    if not visible(text):
        raise EmptyMessage("the message has no visible character; write something")
    return text


def visible(text: str) -> str:
    """The text without blank and invisible characters at both ends."""
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def for_bot(text: str) -> str:
    """The text as it goes to Rasa: no blank ends, and no leading slash, which Rasa would obey.

    The slash becomes U+2044, also one character long, so that offsets stay true.

    >>> for_bot("/restart") == FRACTION_SLASH + "restart"
    True
    """
    text = visible(text)
    return FRACTION_SLASH + text[1:] if text.startswith(SLASH) else text


def _is_blank(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE or character in _BLANK_LETTERS
