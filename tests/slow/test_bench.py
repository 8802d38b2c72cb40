"""`make bench` in small: all five systems start, answer and are measured; stock learns three examples an intent."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_five_systems_answer_side_by_side():
    kept = ROOT / "var" / "benchmarks" / "turns-quick.json"
    kept.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.turns", "--quick", "--stock-epochs", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    result = json.loads(kept.read_text("utf-8"))
    assert set(result["systems"]) == set("abcde")
    assert {sample["system"] for sample in result["samples"]} == set("abcde")
    assert all(sample["failures"] == 0 and sample["turns"] for sample in result["samples"])
    assert set(result["memory"]["a"]) == {"rasa", "actions", "desk"}
    assert all(seconds > 0 for ready in result["ready"].values() for seconds in ready)
    assert result["accuracy"]["b"]["in_scope"] > result["accuracy"]["d"]["in_scope"]
