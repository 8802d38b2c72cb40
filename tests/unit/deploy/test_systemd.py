"""The systemd unit is one that systemd takes, and starts what is there."""

import re
import shutil
import subprocess

import pytest

from jawab.settings import PROJECT

UNIT = PROJECT / "deploy" / "systemd" / "jawab.service"


def test_systemd_takes_the_unit(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text("utf-8").replace("/srv/jawab", str(PROJECT)), "utf-8")
    found = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True)
    told = [line for line in found.stderr.splitlines() if UNIT.name in line]
    assert (found.returncode, told) == (0, [])


def test_every_path_of_the_unit_is_in_the_project():
    paths = re.findall(r"/srv/jawab/([\w./-]+)", UNIT.read_text("utf-8"))
    assert "jawab" in paths
    assert [path for path in paths if not (PROJECT / path).exists()] == []


def test_the_unit_writes_into_its_folder_alone():
    lines = UNIT.read_text("utf-8").splitlines()
    assert "ProtectSystem=strict" in lines
    assert [line for line in lines if line.startswith("ReadWritePaths=")] == [
        "ReadWritePaths=/srv/jawab"
    ]
    assert "NoNewPrivileges=true" in lines
