"""Commands that the pages tell their readers to type exist."""

import re

import pytest

from scripts import reference

from .pages import ROOT, markdown_files

_CODE = re.compile(r"^```[^\n]*\n(.*?)^```|`([^`\n]+)`", re.M | re.S)
_JAWAB = re.compile(r"(?:^|[\s/$])jawab ((?:[a-z][a-z-]* ?)+)")
_MAKE = re.compile(r"(?:^|[;&|$]) *make ((?:[a-z][a-z-]* ?)+)", re.M)
COMMANDS = {path for path, _ in reference.commands()}
GROUPS = {path.split()[0] for path in COMMANDS if " " in path}
TARGETS = {name for name, _ in reference.targets()} | {"setup-dev"}
PAGES = [page for page in markdown_files() if page.name != "CHANGELOG.md"]


def told(page):
    for block, span in _CODE.findall(page.read_text("utf-8")):
        code = re.sub(r"(^|\s)#.*", "", block or span, flags=re.M)
        for words in _JAWAB.findall(code):
            first, *others = words.split()
            yield f"jawab {first} {others[0]}" if first in GROUPS and others else f"jawab {first}"
        for words in _MAKE.findall(code):
            yield from (f"make {word}" for word in words.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_tells_to_type_exists(page):
    known = {f"jawab {each}" for each in COMMANDS | GROUPS} | {f"make {each}" for each in TARGETS}
    assert set(told(page)) - known == set()


def test_commands_are_found_at_all():
    found = set(told(ROOT / "docs" / "owner" / "fa" / "daily.md"))
    assert {"jawab channel add", "jawab backup", "make train", "make validate"} <= found
