"""A raw mail, read. It never raises: what is broken is read as far as it goes, and the raw mail is kept beside it.

The compat32 parser is used on purpose: the newer policies raise on headers that real mails have.
"""

from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from jawab.channels.mail import quotes
from jawab.channels.mail.automatic import automatic, returned
from jawab.channels.mail.headers import (
    addresses,
    body,
    decoded,
    header,
    ids,
    inside,
    parameter,
    read,
)
from jawab.channels.mail.html_text import html_text
from jawab.channels.mail.letter import Automatic, EnclosedFile, Letter
from jawab.channels.mail.tnef import files_in

MOST_PARTS = 200
MOST_FILES = 50
_LONGEST = 500_000  # bytes of one text; nobody writes that much
_TNEF = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))


def read_letter(content: bytes, *, envelope_sender: str | None = None) -> Letter:
    """Read a raw mail; `envelope_sender` as SMTP gave it (empty for a bounce), None where only the mail is there."""
    mail = message_from_bytes(content, policy=compat32)
    sender = _first(addresses(mail, "Reply-To")) or _first(addresses(mail, "From"))
    author = _first(addresses(mail, "From"))
    kind = automatic(mail, envelope_sender=envelope_sender)
    lost, permanent = returned(mail) if kind is Automatic.BOUNCE else ((), False)
    text, files = _content(mail)
    nearest = (*ids(mail, "In-Reply-To"), *reversed(ids(mail, "References")))
    return Letter(
        message_id=next(iter(ids(mail, "Message-ID")), ""),
        sender=author[1] if author else "",
        name=(author or sender or ("", ""))[0],
        to=tuple(
            address for _, address in addresses(mail, "To", "Cc", "Delivered-To", "X-Original-To")
        ),
        subject=header(mail, "Subject"),
        text=text,
        said=quotes.said(text),
        references=tuple(dict.fromkeys(nearest)),
        files=files,
        automatic=kind,
        returned=lost,
        permanent=permanent,
    )


def _first(found: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    return found[0] if found else None


def _content(mail: "Message") -> tuple[str, tuple[EnclosedFile, ...]]:
    texts: list[str] = []
    files: list[EnclosedFile] = []
    _collect(mail, texts, files, depth=0)
    text = "\n\n".join(filter(None, (one.strip() for one in texts)))
    return text, tuple(files[:MOST_FILES])


def _collect(part: "Message", texts: list[str], files: list[EnclosedFile], *, depth: int) -> None:
    kind = part.get_content_type()
    parts = inside(part)
    if kind == "message/rfc822" and depth:  # a forwarded mail is a part of what is said
        for one in parts:
            _collect(one, texts, files, depth=depth + 1)
        return
    if parts:
        if depth > 20 or len(parts) > MOST_PARTS:
            return
        if kind == "multipart/alternative":
            parts = [_best(parts)]
        for one in parts:
            _collect(one, texts, files, depth=depth + 1)
        return
    content = body(part)
    if kind in _TNEF:
        files.extend(files_in(content))
    elif kind in ("text/plain", "text/html") and not _is_attachment(part):
        texts.append(_text(part, content))
    elif content:
        files.append(EnclosedFile(_name(part), content))


def _best(parts: list["Message"]) -> "Message":
    """Of alternatives the plain text, unless it is empty; else the last one, as RFC 2046 says."""
    for part in parts:
        if part.get_content_type() == "text/plain" and _text(part, body(part)).strip():
            return part
    return parts[-1]


def _text(part: "Message", content: bytes) -> str:
    charset = parameter(part, "charset")
    text = read(content[:_LONGEST], charset or None).replace("\r\n", "\n").replace("\0", "")
    return html_text(text) if part.get_content_type() == "text/html" else text


def _is_attachment(part: "Message") -> bool:
    return str(part.get("Content-Disposition", "")).lstrip().lower().startswith("attachment")


def _name(part: "Message") -> str:
    """The file's name by RFC 2231, or by RFC 2047, which many use instead."""
    for where, given in (("content-disposition", "filename"), ("content-type", "name")):
        found = parameter(part, given, of=where)
        if found:
            return decoded(found)[:200]
    return ""
