"""A mail's headers and parts, whatever they are: RFC 2047 words, bare UTF-8, Windows-1256, or broken."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

LONGEST = 4000

_IDS = re.compile(r"<[^<>\s]{1,250}>")
# Between two RFC 2047 words a blank means nothing; some senders leave it out.
_GLUED = re.compile(r"\?=(?==\?)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LEGACY = "windows-1256"  # what Persian and Arabic were written in before UTF-8


def header(mail: "Message", name: str) -> str:
    """The first header of this name in one line, decoded; empty when there is none."""
    return decoded(raw(mail, name))


def raw(mail: "Message", name: str) -> str:
    """The first header of this name, unfolded, with its RFC 2047 words as they came."""
    for found, value in mail.raw_items():
        if str(found).lower() == name.lower():
            return _CONTROL.sub(" ", _repaired(str(value)[:LONGEST])).strip()
    return ""


def ids(mail: "Message", name: str) -> tuple[str, ...]:
    """The Message-IDs in a header, in order."""
    return tuple(_IDS.findall(raw(mail, name)))


def addresses(mail: "Message", *names: str) -> tuple[tuple[str, str], ...]:
    """Names and addresses (in lower case) of these headers; what has no @ is left out."""
    values = [raw(mail, name) for name in names]
    found = getaddresses([value for value in values if value])
    return tuple(
        (decoded(name), address.strip().lower()) for name, address in found if "@" in address
    )


def decoded(value: str) -> str:
    """A header's value with its RFC 2047 words read.

    >>> decoded("=?utf-8?b?2LPZhNin2YU=?=")
    'سلام'
    >>> decoded("=?windows-1256?q?=E3=D1=CD=C8=C7?=")
    'مرحبا'
    """
    try:
        parts = decode_header(_GLUED.sub("?= ", value))
    except (HeaderParseError, ValueError, LookupError):
        return value
    text = "".join(
        part if isinstance(part, str) else read(part, charset) for part, charset in parts
    )
    return " ".join(_CONTROL.sub(" ", text).split())


def read(content: bytes, charset: str | None) -> str:
    """Bytes as text: in the charset they claim, else in UTF-8, else in Windows-1256, which reads anything."""
    for tried in (charset, "utf-8"):
        try:
            return content.decode(tried) if tried else content.decode("utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode(_LEGACY, "replace")


def inside(part: "Message") -> list["Message"]:
    """The parts of a part; none where it holds no parts."""
    content = part.get_payload() if part.is_multipart() else None
    return [one for one in content if isinstance(one, Message)] if isinstance(content, list) else []


def body(part: "Message") -> bytes:
    """The bytes of a part that holds no others; nothing where even that cannot be told."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        content = None
    return content if isinstance(content, bytes) else b""


def parameter(part: "Message", name: str, *, of: str = "content-type") -> str:
    """A parameter of a header, as RFC 2231 or RFC 2047 writes it; empty when there is none."""
    try:
        found = part.get_param(name, "", of)
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    if isinstance(found, tuple):
        charset, _, value = found
        return read(str(value).encode("latin-1", "replace"), charset or None)
    return _repaired(str(found))


def _repaired(value: str) -> str:
    """Bare bytes, which the parser keeps as lone surrogates, as the letters they stand for."""
    if value.isascii():
        return value
    try:
        return read(value.encode("ascii", "surrogateescape"), None)
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode("utf-8")
