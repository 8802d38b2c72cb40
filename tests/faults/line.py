"""A TCP line on loopback, which a test cuts and mends."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

_CHUNK = 65536


class Line:
    """Leads whoever connects to a server; while it is cut nobody gets through, and whoever was through is cut off."""

    def __init__(self, host: str, port: int) -> None:
        self._far = (host, port)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door: socket.socket | None = None
        self.port = 0

    def __enter__(self) -> Line:
        self.mend()
        return self

    def __exit__(self, *_) -> None:
        self.cut()

    def mend(self) -> None:
        """Let people through, at the same port as ever."""
        self._door = socket.create_server(("127.0.0.1", self.port))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._door,), daemon=True).start()

    def cut(self) -> None:
        """Refuse everybody, and end what is open."""
        if self._door is not None:
            with suppress(OSError):
                self._door.shutdown(socket.SHUT_RDWR)
            self._door.close()
            self._door = None
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = door.accept()
                far = socket.create_connection(self._far)
                with self._lock:
                    self._open |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=(one, other), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(_CHUNK):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_RDWR)
