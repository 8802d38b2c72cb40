"""What the pages show of a terminal: the commands to type, and what comes of them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.M | re.S)
_BETWEEN = {"&&", "||", "|", ";", ">", ">>", "<", "·"}
_ASSIGNMENT = re.compile(r"[A-Z_]+=")
_JAWAB = {"jawab", ".venv/bin/jawab"}
MORE = "…"  # more follows in the answer than is shown


@dataclass(frozen=True)
class Answered:
    """A command after a `$`, and the lines below it; the last is `MORE` where the answer goes on."""

    arguments: tuple[str, ...]
    lines: tuple[str, ...]


def answered(page: Path) -> Iterator[Answered]:
    """The commands of a page that are shown with their answers."""
    for block in _BLOCK.findall(page.read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *lines = part.rstrip("\n").split("\n")
            yield Answered(tuple(shlex.split(command)), tuple(lines))


def jawab_lines(page: Path) -> Iterator[tuple[str, ...]]:
    """The arguments of each `jawab …` in a page's blocks: after `sudo -iu jawab`, variables, `&&` and in front of `>` too."""
    for block in _BLOCK.findall(page.read_text("utf-8")):
        for line in block.splitlines():
            yield from _commands(line)


def _commands(line: str) -> Iterator[tuple[str, ...]]:
    if "jawab " not in line:
        return
    plain = re.sub(r"\$\([^)]*\)", "2027-01-02", line.replace("\\%", "%")).removeprefix("$ ")
    words = shlex.shlex(plain, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    words.commenters = "#"
    part: list[str] = []
    for word in [*words, ";"]:
        if word not in _BETWEEN:
            part.append(word)
            continue
        if part[:3] == ["sudo", "-iu", "jawab"]:
            part = part[3:]
        while part and _ASSIGNMENT.match(part[0]):
            part = part[1:]
        if part and part[0] in _JAWAB:
            yield tuple(part[1:])
        part = []
