"""`make run-apps` as a process: its phones are answered by the real system, and Ctrl-C ends all of it."""

import json
import os
import signal
import subprocess
import sys

import httpx
import pytest

from ..e2e.conftest import ROOT, free_port
from ..unit.desk.running import eventually

PATIENCE = 400


@pytest.fixture
def page(tmp_path):
    """The page's address, once the system behind it is ready."""
    port, desk = free_port(), free_port()
    environment = {
        **os.environ,
        "JAWAB_VAR": str(tmp_path),
        "JAWAB_PORT": str(desk),
        "JAWAB_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "JAWAB_ACTIONS_URL": f"http://127.0.0.1:{free_port()}",
    }
    log = tmp_path / "run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        eventually(
            lambda: (
                f"phones     {address}/" in log.read_text("utf-8") or process.poll() is not None
            ),
            within=PATIENCE,
        )
        assert process.poll() is None, log.read_text("utf-8", "replace")[-3000:]
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{desk}/healthz", timeout=5, trust_env=False)


def entries(page, app):
    """What this phone shows now."""
    with httpx.stream("GET", f"{page}/phones/{app}/events", timeout=30, trust_env=False) as stream:
        data = next(line for line in stream.iter_lines() if line.startswith("data: "))
    return json.loads(data.removeprefix("data: "))["entries"]


def test_each_phone_is_answered_by_the_real_system(page):
    apps = ("telegram", "bale", "rubika", "whatsapp", "mail")
    for app in apps:
        answer = httpx.post(
            f"{page}/phones/{app}/say",
            json={"text": "چطوری کالا رو مرجوع کنم؟"},
            headers={"X-Phone": app},
            timeout=30,
            trust_env=False,
        )
        assert answer.status_code == 204
    for app in apps:
        said = eventually(
            lambda app=app: [one for one in entries(page, app) if not one["mine"]], within=90
        )
        assert "مرجوع" in said[-1]["text"]
