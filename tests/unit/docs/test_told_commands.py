"""Commands that the pages tell their readers to type exist, and take what they are given."""

import re

import pytest

from scripts import reference

from .pages import ROOT, markdown_files
from .shown import jawab_lines

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


def taken(arguments):
    """Have the command line read these arguments, as it does before it runs anything; it ends where one is wrong."""
    path, command = next(
        (path, command)
        for path, command in reference.commands()
        if arguments[: len(path.split())] == tuple(path.split())
    )
    return command.make_context(path, list(arguments[len(path.split()) :])).params


LINES = [(page, line) for page in PAGES for line in jawab_lines(page)]


@pytest.mark.parametrize(
    "line", [pytest.param(line, id=f"{page.relative_to(ROOT)}: {' '.join(line)}") for page, line in LINES]
)  # fmt: skip
def test_every_line_that_is_shown_is_one_the_command_line_takes(line):
    assert taken(line) is not None


def test_lines_are_found_wherever_they_stand():
    assert {
        ("agent", "add", "sara", "--name", "Sara", "--role", "owner"),  # alone on its line
        ("doctor",),  # after sudo
        ("backup", "/media/disk/jawab-2027-01-02.tar.gz"),  # within cron's line
        ("import-faq", "faq.xlsx", "--topic", "delivery"),  # in front of > and of #
        ("agent", "enable", "nour"),  # beside others
        ("ask", "poolam key bar migarde?"),  # after $
    } <= {line for _, line in LINES}


@pytest.mark.parametrize(
    "line",
    [("ask",), ("ask", "hi", "--shpo", "souq"), ("learn", "list", "--days", "many"), ("backup", "a", "b")],
    ids=" ".join,
)  # fmt: skip
def test_a_line_that_the_command_line_does_not_take_is_found(line):
    with pytest.raises(Exception, match=r"(?i)missing|no such option|valid integer|unexpected"):
        taken(line)


@pytest.mark.parametrize("page", ["index.md", "daily.md"])
def test_owners_of_every_language_are_told_the_same_commands(page):
    def told(lang):
        return [line[0] for line in jawab_lines(ROOT / "docs" / "owner" / lang / page)]

    assert told("fa") == told("ar") == told("en")
    assert told("en")
