"""Notices are of the packages that run, whose licences go with ours; hooks call the environment's own tools; modules are short."""

import hashlib
import re
from importlib.metadata import metadata

import pytest
import yaml

from scripts import third_party

from .pages import ROOT

ROOMS = ("jawab", "actions", "widget", "tests", "evaluation", "benchmarks", "scripts")
MODULES = sorted(
    path for room in ROOMS for ending in ("py", "js") for path in (ROOT / room).rglob(f"*.{ending}")
)
MOST_LINES = 350
REASON = "Longer than other modules:"


def test_the_notices_name_every_package_that_runs():
    kept = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", kept, re.M)[1:]
    assert [row[:2] for row in rows] == third_party.locked(), "run `make notices`"
    assert [name for name, _, licence in rows if licence.startswith("not named")] == []


def test_every_package_that_runs_has_a_licence_that_goes_with_ours():
    refused = []
    for name, _ in third_party.locked():
        try:
            third_party.kinds(third_party.licence(metadata(name)))
        except ValueError as error:
            refused.append(f"{name}: {error}")
    assert refused == []


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("MIT", {"MIT"}),
        ("Apache Software License, BSD License", {"Apache-2.0", "BSD"}),
        ("MPL-2.0 AND MIT", {"MPL-2.0", "MIT"}),
        ("MIT OR GPL-3.0-only", {"MIT"}),
    ],
)
def test_kinds_are_seen_in_the_words_of_packages(told, found):
    assert third_party.kinds(told) == found


@pytest.mark.parametrize("told", ["GPL-3.0-only", "MIT AND AGPL-3.0", "Proprietary", "GNU General Public License v3 (GPLv3)"])  # fmt: skip
def test_a_licence_that_does_not_go_with_ours_is_refused(told):
    with pytest.raises(ValueError, match="read it, and add it there or leave the package out"):
        third_party.kinds(told)


def test_the_licence_is_the_apache_licence_word_for_word():
    text = (ROOT / "LICENSE").read_bytes()
    # The text of https://www.apache.org/licenses/LICENSE-2.0.txt, as Debian and many packages carry it.
    told = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
    assert hashlib.sha256(text).hexdigest() == told
    assert "Copyright 2026 The Jawab authors" in (ROOT / "NOTICE").read_text("utf-8")
    assert metadata("jawab")["License"] == "Apache-2.0"


def test_hooks_fetch_nothing_and_call_what_the_environment_has():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    tools = {hook["entry"].split()[0] for hook in config["repos"][0]["hooks"]}
    assert tools <= {
        f".venv/bin/{name}" for name in ("ruff", "lint-imports", "mypy", "jawab", "pytest")
    }
    assert [tool for tool in tools if not (ROOT / tool).exists()] == []


def too_long(text):
    return text.count("\n") > MOST_LINES and REASON not in text[:600]


def test_no_module_is_long_without_a_reason_at_its_top():
    assert len(MODULES) > 500
    found = [path for path in MODULES if too_long(path.read_text("utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in found] == []


@pytest.mark.parametrize(
    ("top", "lines", "long"),
    [
        ("", 350, False),
        ("", 351, True),
        (f'"""A list.\n\n{REASON} it is one list.\n"""', 900, False),
    ],
)
def test_a_long_module_is_noticed_unless_it_says_why(top, lines, long):
    assert too_long(top + "x = 1\n" * lines) is long
