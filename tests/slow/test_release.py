"""A release is a wheel that answers from an empty environment and folder."""

import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_wheel_answers_in_an_environment_of_its_own():
    made = subprocess.run(["scripts/release.sh"], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    assert "returns_how · چهار راه" in made.stdout
    wheel = ROOT / made.stderr.splitlines()[-1].split("› ")[1].split("\x1b")[0]
    names = zipfile.ZipFile(wheel).namelist()
    assert "jawab/project/data/faq/returns.yml" in names
    assert "jawab/project/widget/widget.js" in names
    assert [name for name in names if name.startswith(("tests/", "evaluation/"))] == []
    assert {name.rpartition("/")[2] for name in names if ".dist-info/" in name} >= {
        "LICENSE",
        "NOTICE",
    }
