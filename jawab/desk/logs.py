"""Log events with ids, never a shopper's words: ours and the libraries', one line each on standard error."""

import asyncio
import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any, TextIO

import structlog

# These write addresses with tokens, or whole events with texts, when they are let.
_KEPT_QUIET = (
    *("httpx", "httpcore", "sse_starlette", "sqlalchemy", "asyncio", "uvicorn.access"),
    "PIL",  # writes what a photo tells of its place
    "mail.log",  # writes who sends mail to whom
)
_FRAMES = 8


def configure(*, level: str, form: str, stream: TextIO | None = None) -> None:
    """Send structlog's events and the libraries' records through one renderer.

    uvicorn's access log is silenced, since it writes whole addresses; the desk writes `http.request`
    with the route instead.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_values,
    ]
    renderer = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    lines = _Lines(handler)
    structlog.configure(
        processors=[*shared, renderer],
        logger_factory=lambda *_names: lines,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=False,
    )
    logging.raiseExceptions = False  # A stream that breaks must not print what was being logged.
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in _KEPT_QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Lines:
    """Writes our events where the libraries' records go, without a record of each: that took longer than all the rest of it."""

    def __init__(self, handler: "logging.StreamHandler[TextIO]") -> None:
        self._stream = handler.stream
        self._lock = handler.lock or RLock()

    def write(self, line: str) -> None:
        """Write one line; a stream that breaks stops nobody's work."""
        with self._lock, suppress(OSError, ValueError):
            self._stream.write(line + "\n")
            self._stream.flush()

    debug = info = warning = error = critical = write


def without_values(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace an exception by its type and the lines it passed: its message may quote a shopper."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found if isinstance(found, BaseException) else found[1] if found else None
    if error is not None:
        event.update(described(error))
    return event


def described(error: BaseException) -> dict[str, str]:
    """An exception without its words: type and place, of its causes too."""
    kinds, seen = [], error
    while True:
        kinds.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        cause = seen.__cause__ or seen.__context__
        if cause is None:
            break
        seen = cause
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return {
        "problem": " < ".join(kinds),
        "at": " > ".join(f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno}" for f in frames),
    }


def quiet_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Let the event loop report what nobody caught in the same way."""
    log = structlog.get_logger()

    def report(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        log.error("loop.unhandled", **(described(error) if error else {"problem": "unknown"}))

    loop.set_exception_handler(report)
