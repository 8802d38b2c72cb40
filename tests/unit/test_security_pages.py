"""What the pages on security say is so: the tests they name exist, the versions are the lock's, the links lead somewhere."""

import re

import pytest

from jawab.settings import PROJECT

MODEL = PROJECT / "docs" / "threat-model.md"
PAGES = [
    PROJECT / "SECURITY.md",
    *(PROJECT / "docs" / f"{name}.md" for name in ("threat-model", "advisories", "gate")),
]
NAMED = re.compile(r"`((?:unit|contract|apps|browser|dialogue|e2e)/[\w/]+\.py)(?:::(\w+))?`")
ROW = re.compile(r"^\| ([a-z-]+) \| ([0-9][0-9.]*) \| CVE-", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def test_every_threat_names_a_test_that_is_there():
    text = MODEL.read_text("utf-8")
    named = NAMED.findall(text)
    assert len(named) > 40
    for path, test in named:
        source = (PROJECT / "tests" / path).read_text("utf-8")
        assert f"def {test or 'test_'}" in source, f"{path} has no {test}"


def test_no_threat_is_without_a_test():
    rows = [
        line
        for line in MODEL.read_text("utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| threat")
    ]
    assert len(rows) > 25
    assert [row for row in rows if not NAMED.search(row)] == []


def test_advisories_are_about_the_versions_that_are_locked():
    lock = (PROJECT / "requirements.txt").read_text("utf-8")
    rows = ROW.findall((PROJECT / "docs" / "advisories.md").read_text("utf-8"))
    assert len(rows) >= 8
    for package, version in rows:
        assert f"\n{package}=={version} " in lock, f"{package} is no longer {version}: look again"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
