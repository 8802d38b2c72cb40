"""A process that ends with the one that started it, and lets everything else go before it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

NICENESS = 10
GRACE_SECONDS = 5.0
_AGAIN_SECONDS = 0.2
_ENDED = 143  # as a shell tells SIGTERM


def on_leash() -> None:
    """End this process cleanly when its standard input is closed or it is told to, and give others the processor first.

    Who starts it holds the other end of the pipe: when that process dies, however it does, the system closes it.
    """
    os.nice(NICENESS)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_watch, name="leash", daemon=True).start()


def _end(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # what tidies up is not interrupted again
    sys.exit(_ENDED)


def _watch() -> None:
    while os.read(0, 4096):
        pass
    # To the main thread, which alone ends the process in order, and again: it may have been about to fall asleep.
    # Native code hears no signal before it is through.
    end = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < end:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        time.sleep(_AGAIN_SECONDS)
    os._exit(_ENDED)
