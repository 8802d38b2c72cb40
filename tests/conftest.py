"""What holds for every test."""

import structlog

# Left alone, structlog prints to standard output from whichever thread logs, while pytest swaps and
# reads that very stream in another: CPython 3.10's text streams can crash on it (cpython issue 119506).
# The standard library's handlers lock, and pytest shows their records with the test that failed.
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=False,
)
