"""Keeps shoppers' words out of the logs of processes whose code is not ours (Rasa, rasa-sdk, Sanic).

Rasa logs message texts: at debug level each one, at error level whole trackers when an action fails, at warning
malformed `/…` texts. A record of theirs therefore keeps its place in the source, its level and the type of its
exception, and loses its words; a few start-up messages that never quote anyone pass.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

from jawab.correlation import tagged

FOREIGN = (
    "rasa",
    "rasa_sdk",
    "sanic",
    "asyncio",
    "apscheduler",
    "aiohttp",
    "py.warnings",
    "jsonschema",
)

# Whole messages or beginnings that carry addresses, names of files and nothing else.
HARMLESS = (
    "Starting Rasa server on",
    "Rasa server is up and running.",
    "Loading model",
    "Starting action endpoint server...",
    "Action endpoint is up and running on",
    "Registered function for",
    "Starting worker [",
    "Stopping worker [",
    "Goin' Fast @",
)

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def guard() -> None:
    """Have every log record of foreign code made discreet from now on, and all of them name the message they are about; once
    a process, before the foreign code's set-up.
    """
    make = logging.getLogRecordFactory()

    def factory(*args: Any, **kwargs: Any) -> logging.LogRecord:
        return tagged(discreet(make(*args, **kwargs)))

    logging.setLogRecordFactory(factory)


def discreet(record: logging.LogRecord) -> logging.LogRecord:
    """Return ``record`` without words that may be a shopper's."""
    if record.name.split(".", 1)[0] not in FOREIGN and record.name not in FOREIGN:
        return record
    event = record.msg.get("event", "") if isinstance(record.msg, dict) else str(record.msg)
    if isinstance(record.msg, dict) and record.msg.get("exc_info") and not record.exc_info:
        # structlog keeps the wish for a traceback in the event until it is rendered.
        record.exc_info = sys.exc_info()
    if event.startswith(HARMLESS) and not record.exc_info:
        return record
    place = f"{record.name} {record.funcName}:{record.lineno}"
    if isinstance(record.msg, dict):
        # structlog's events: the name of the event is a constant of the source where it holds no blank.
        name = event if event and " " not in event else "(words withheld)"
        record.msg = {
            "event": f"{place} {name}{_fault(record.exc_info)}",
            "level": record.levelname.lower(),
        }
    else:
        record.msg = f"{place} (words withheld){_fault(record.exc_info)}"
    record.args = ()
    record.exc_info = None
    record.exc_text = None
    record.stack_info = None
    return record


def _fault(exc_info: Any) -> str:
    """Return type and place of an exception and of its causes; never its message, which may quote a shopper."""
    if not isinstance(exc_info, tuple) or exc_info[0] is None:
        return ""
    error: BaseException | None = exc_info[1]
    parts: list[str] = []
    while error is not None and len(parts) < 5:
        frames = traceback.extract_tb(error.__traceback__)
        at = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        parts.append(f"{type(error).__name__}{at}")
        error = error.__cause__ or error.__context__
    return " exception=" + " < ".join(parts)
