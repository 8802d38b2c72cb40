"""What docs/architecture.md and CONTRIBUTING.md name is there: files, classes, methods, functions, tables and columns."""

import ast
import re
from functools import cache

import pytest

from jawab.privacy import tables as _every_table  # noqa: F401 the modules of every table
from jawab.support.tables import metadata

from .pages import ROOT, markdown_files

_FENCED = re.compile(r"^```[^\n]*\n.*?^```", re.M | re.S)
_SPAN = re.compile(r"`([^`\n]+)`")
_ROOMS = "jawab|actions|widget|data|docs|tests|evaluation|benchmarks|deploy|scripts"
_PATH = re.compile(rf"(?:{_ROOMS})(?:/[\w.-]+)*/?")
_NAME = re.compile(r"_?[A-Z]\w*[a-z]\w*(?:\.\w+)?|[a-z_]\w*\(\)")
_COLUMN = re.compile(r"([a-z_]+)\.([a-z_]+)")
# Names of other makers' things that are written like ours.
_FOREIGN = {"Last-Event-ID", "PostgreSQL", "Redis", "Rasa"}
EVERY = [page for page in markdown_files() if page.name != "CHANGELOG.md"]  # it tells of what was
PAGES = [ROOT / "docs" / "architecture.md", ROOT / "CONTRIBUTING.md"]


@cache
def code():
    """Every class, its methods and attributes as `Class.name`, and every function as `name()`."""
    found = set()
    for room in ("jawab", "actions"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found |= {node.name, *(f"{node.name}.{name}" for name in _members(node))}
                elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    found.add(f"{node.name}()")
    for path in (ROOT / "widget").rglob("*.js"):
        found |= set(re.findall(r"^class (\w+)", path.read_text("utf-8"), re.M))
    return found


def _members(node):
    for each in node.body:
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            yield each.name
        elif isinstance(each, ast.AnnAssign):
            yield ast.unparse(each.target)
        elif isinstance(each, ast.Assign):
            yield from map(ast.unparse, each.targets)


def missing(text):
    """What a text names in backticks that is not there."""
    for span in _SPAN.findall(_FENCED.sub("", text)):
        if _PATH.fullmatch(span) and "/" in span:
            if not (ROOT / span).exists():
                yield span
        elif _NAME.fullmatch(span) and span not in _FOREIGN:
            if span not in code():
                yield span
        elif column := _COLUMN.fullmatch(span):
            table = metadata.tables.get(column[1])
            if table is not None and column[2] not in table.columns:
                yield span


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_the_page_names_is_there(page):
    assert sorted(missing(page.read_text("utf-8"))) == []


@pytest.mark.parametrize("page", EVERY, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_pages_name_are_there(page):
    spans = _SPAN.findall(_FENCED.sub("", page.read_text("utf-8")))
    named = [
        span
        for span in spans
        if re.fullmatch(rf"(?:{_ROOMS})/[\w./-]+\.(?:py|js|md|css|html)", span)
    ]
    assert [span for span in named if not (ROOT / span).exists()] == []


def test_what_is_not_there_is_found():
    text = "`jawab/desk/nothing.py` `Turns.dance` `Turns.take` `reply()` `gone()` `turns.held_by` `turns.no`"
    assert list(missing(text)) == ["jawab/desk/nothing.py", "Turns.dance", "gone()", "turns.no"]
