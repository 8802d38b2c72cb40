"""`jawab run` before anything is started, and what asking imports."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing

from .small_project import ROOT, run


def test_running_on_a_taken_port_names_it_before_anything_is_started(project):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = run(project, "run", JAWAB_PORT=port)
    assert result.exit_code == 1
    assert f"port {port} is in use" in result.stderr
    assert "JAWAB_PORT" in result.stderr


def test_asking_imports_neither_rasa_nor_tensorflow(project):
    program = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from jawab.cli import app\n"
        "assert CliRunner().invoke(app, ['ask', 'hello']).exit_code == 0\n"
        "print(sorted({'rasa', 'rasa_sdk', 'tensorflow', 'fastapi'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "JAWAB_ROOT": str(project)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
