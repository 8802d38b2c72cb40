"""One number in the logs of all three processes: the id under which the desk stored the message that is being answered.

The desk sends it along as metadata; Rasa and the action server bind it while they work on that message, and every record they
write meanwhile ends with ` message=41`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_message: ContextVar[str | None] = ContextVar("message", default=None)
_LONGEST = 20


@contextmanager
def about(metadata: Any) -> Iterator[None]:
    """Bind the message that this metadata of a turn names, until the end of the block."""
    bound = _message.set(_id_in(metadata))
    try:
        yield
    finally:
        _message.reset(bound)


def current() -> str | None:
    """The message that is being worked on here."""
    return _message.get()


def tagged(record: logging.LogRecord) -> logging.LogRecord:
    """Return ``record`` with the message it is about at its end."""
    message = current()
    if message is None:
        return record
    tag = f" message={message}"
    if isinstance(record.msg, dict):  # structlog's
        record.msg = {**record.msg, "event": f"{record.msg.get('event', '')}{tag}"}
    else:
        record.msg = f"{record.msg}{tag}"
    return record


def _id_in(metadata: Any) -> str | None:
    """The id, if it is one of the desk's: nothing else may get into a log."""
    found = metadata.get("message_id") if isinstance(metadata, Mapping) else None
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) <= _LONGEST:
        return found
    return None
