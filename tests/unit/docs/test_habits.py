"""Notices are of the packages that run; hooks call the environment's own tools."""

import re

import yaml

from scripts import third_party

from .pages import ROOT


def test_the_notices_name_every_package_that_runs():
    kept = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", kept, re.M)[1:]
    assert [row[:2] for row in rows] == third_party.locked(), "run `make notices`"
    assert [name for name, _, licence in rows if licence.startswith("not named")] == []


def test_hooks_fetch_nothing_and_call_what_the_environment_has():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    tools = {hook["entry"].split()[0] for hook in config["repos"][0]["hooks"]}
    assert tools <= {
        f".venv/bin/{name}" for name in ("ruff", "lint-imports", "mypy", "jawab", "pytest")
    }
    assert [tool for tool in tools if not (ROOT / tool).exists()] == []
