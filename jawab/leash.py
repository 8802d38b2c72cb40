"""A process that ends with the one that started it, and lets everything else go before it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

NICENESS = 10
GRACE_SECONDS = 5.0
_ENDED = 143  # as a shell tells SIGTERM


def on_leash() -> None:
    """End this process cleanly when its standard input is closed or it is told to, and give others the processor first.

    Who starts it holds the other end of the pipe: when that process dies, however it does, the system closes it.
    """
    os.nice(NICENESS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_ENDED))
    threading.Thread(target=_watch, name="leash", daemon=True).start()


def _watch() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    # Native code hears no signal before it is through.
    time.sleep(GRACE_SECONDS)
    os._exit(_ENDED)
