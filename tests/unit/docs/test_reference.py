"""The pages that are made from the code say what the code says now."""

import re

import pytest

from jawab.desk.errors import MESSAGES
from jawab.desk.gate_words import GATE_WORDS
from jawab.settings import Settings
from scripts import reference

from .pages import ROOT

DOCS = ROOT / "docs"


def rows(page):
    return re.findall(r"^\| `([^`]+)` \|", (DOCS / page).read_text("utf-8"), re.M)


@pytest.mark.parametrize(
    ("page", "make"),
    [
        ("settings.md", reference.settings_page),
        ("commands.md", reference.commands_page),
        ("api.md", reference.api_page),
    ],
)
def test_the_page_is_as_the_code(page, make):
    assert (DOCS / page).read_text("utf-8") == make(), "run `make reference`"


def test_every_setting_is_there_with_words():
    assert rows("settings.md") == [f"JAWAB_{name.upper()}" for name in Settings.model_fields]
    assert not [name for name, field in Settings.model_fields.items() if not field.description]


def test_no_setting_tells_the_machine_the_page_was_made_on():
    page = (DOCS / "settings.md").read_text("utf-8")
    assert str(ROOT) not in page
    assert "`<host>:8000`" in page


def test_every_target_of_make_help_is_there():
    written = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert {
        row.removeprefix("make ") for row in rows("commands.md") if row.startswith("make ")
    } == written


def test_every_command_is_there_with_words():
    page = (DOCS / "commands.md").read_text("utf-8")
    for path, command in reference.commands():
        assert f"### jawab {path}\n" in page
        assert command.help, path
    assert "### jawab channel add\n" in page


def test_every_error_code_is_explained_once():
    assert sorted(rows("errors.md")) == sorted([*MESSAGES, *GATE_WORDS])


def test_every_address_of_the_api_is_there_with_words():
    told = [f"{method.upper()} {address}" for address, method, _ in reference.operations()]
    assert sorted(rows("api.md")) == sorted(told)
    assert "POST /api/v1/conversations" in told
    assert [each for each in reference.operations() if not each[2].get("description")] == []
