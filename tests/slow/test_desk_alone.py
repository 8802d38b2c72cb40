"""The desk runs with the packages of deploy/images/desk.txt alone: the public door needs no Rasa and no TensorFlow."""

import os
import shutil
import signal
import subprocess
import sys

import httpx

from jawab.settings import PROJECT

from ..e2e.conftest import free_port
from ..unit.desk.running import eventually

START_SECONDS = 180


def uv():
    found = shutil.which("uv") or PROJECT / ".tools/bin/uv"
    return str(found)


def test_a_desk_without_rasa_installed_takes_messages_and_says_what_is_missing(tmp_path):
    python = tmp_path / "venv/bin/python"
    subprocess.run(
        [uv(), "venv", "--quiet", "--python", sys.executable, tmp_path / "venv"], check=True
    )
    packages = PROJECT / "deploy/images/desk.txt"
    install = [uv(), "pip", "sync", "--quiet", "--require-hashes", "--python", python, packages]
    subprocess.run(install, check=True)
    absent = "import importlib.util as i; print([n for n in ('rasa', 'tensorflow', 'hazm') if i.find_spec(n)])"
    assert subprocess.check_output([python, "-c", absent], text=True).strip() == "[]"
    port = free_port()
    settings = {
        "JAWAB_ROOT": str(PROJECT),
        "JAWAB_VAR": str(tmp_path / "var"),
        "JAWAB_PORT": str(port),
        "JAWAB_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "JAWAB_ACTIONS_URL": f"http://127.0.0.1:{free_port()}",
        "JAWAB_ATTEMPTS": "1",
    }
    log = (tmp_path / "desk.log").open("wb")
    desk = subprocess.Popen(
        [python, "-m", "jawab.desk.main"],
        cwd=PROJECT,
        env={**os.environ, **settings},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)

    def up():
        assert desk.poll() is None, (tmp_path / "desk.log").read_text("utf-8")
        try:
            return http.get("/healthz").status_code == 200
        except httpx.HTTPError:
            return False

    try:
        eventually(up, within=START_SECONDS)
        assert set(http.get("/readyz").json()["missing"]) == {"rasa", "actions"}
        assert http.get("/demo/digikala").status_code == 200
        opened = http.post("/api/v1/conversations", json={"shop": "souq"}).json()
        said = http.post(
            f"/api/v1/conversations/{opened['id']}/messages",
            params={"wait": "true"},
            json={"client_id": "c1", "text": "مرحبا"},
            headers={"Authorization": f"Bearer {opened['token']}"},
        )
        assert said.status_code == 200
        assert said.json()["replies"][0]["author"] == "bot"
    finally:
        desk.terminate()
        # uvicorn ends in order, then by the signal that it was sent.
        assert desk.wait(60) in (0, -signal.SIGTERM)
        assert "desk.stopped" in (tmp_path / "desk.log").read_text("utf-8")
        log.close()
