"""Small programs in place of Rasa, the action server and the desk, and what tests ask of them."""

from __future__ import annotations

import socket
import time
from contextlib import closing

import psutil
import pytest

from jawab.supervisor import (
    start_all,
)

# Answers 200 on its port; before that it waits as long as it is told.
SERVER = """
import http.server, sys, time
time.sleep(float(sys.argv[2]))
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
print("serving", flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
# Has a child that does not listen to SIGTERM and outlives it.
PARENT = """
import signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"],
    stdout=subprocess.PIPE)
child.stdout.readline()
print("child", child.pid, flush=True)
time.sleep(600)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
DYING = "import sys; print('cannot read config.yml'); print('مرحبا'); sys.exit(7)"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def never() -> bool:
    return False


def wait_for(condition, seconds: float = 10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    pytest.fail("the condition did not come true")


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def start(running, root, progress=lambda *_: None, stopping=never):
    start_all(running, root, stopping=stopping, progress=progress)
