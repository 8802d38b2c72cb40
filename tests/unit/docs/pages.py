"""The project's Markdown files: what they link to and which headings they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_NOT_OURS = {
    ".git",
    ".venv",
    ".tools",
    ".cache",
    ".rasa",
    ".pytest_cache",
    "var",
    "models",
    "build",
}
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_SOURCE = re.compile(r"<(?:img|a)\b[^>]*?(?:src|href)=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.M)


def markdown_files() -> list[Path]:
    """Every Markdown file of the project; what the project makes or installs (.venv, var) is left out."""
    rooms = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in _NOT_OURS]
    found = [*ROOT.glob("*.md"), *(page for room in rooms for page in room.rglob("*.md"))]
    return sorted(found)


def links(page: Path) -> Iterator[str]:
    """Where a page's links and pictures lead, those in code left out."""
    words = _FENCED.sub("", page.read_text("utf-8"))
    yield from _SOURCE.findall(words)
    yield from _LINK.findall(_CODE.sub("`code`", words))


def anchors(page: Path) -> set[str]:
    """The addresses of a page's headings, as GitHub makes them."""
    words = _FENCED.sub("", page.read_text("utf-8"))
    return {_slug(heading) for heading in _HEADING.findall(words)}


def _slug(heading: str) -> str:
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
