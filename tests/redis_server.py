"""A Redis server of our own on a free port, for tests."""

import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager

import pytest
import redis

PATIENCE = 15.0


class RedisServer:
    """A server that can be ended and started again at the same address; it keeps nothing on disk."""

    def __init__(self, folder):
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._process = None

    def start(self):
        """Start, and wait until it answers."""
        options = {"port": self._port, "bind": "127.0.0.1", "save": "", "dir": self._folder}
        given = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        self._process = subprocess.Popen(["redis-server", *given], stdout=subprocess.DEVNULL)
        client, end = redis.from_url(self.url), time.monotonic() + PATIENCE
        while True:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                assert self._process.poll() is None, "redis-server does not start"
                assert time.monotonic() < end, "redis-server does not answer"
        client.close()

    def stop(self):
        """End it; what it knew is lost."""
        self._process.kill()
        self._process.wait(PATIENCE)


@contextmanager
def redis_server():
    """A running server; the test is skipped where there is none (apt install redis-server)."""
    if shutil.which("redis-server") is None:
        pytest.skip("Redis is not installed (apt install redis-server)")
    folder = tempfile.mkdtemp(prefix="jawab-redis-")
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
