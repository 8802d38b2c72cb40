"""Templates: texts with `{placeholders}`, parsed once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from jawab.knowledge.errors import BadTemplate

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class Placeholder:
    """`{hours.live_chat}` is Placeholder("hours", "live_chat"), `{shop}` is Placeholder("shop")."""

    name: str
    argument: str | None = None

    def __str__(self) -> str:
        inner = self.name if self.argument is None else f"{self.name}.{self.argument}"
        return f"{{{inner}}}"


Template: TypeAlias = tuple["str | Placeholder", ...]


@lru_cache(maxsize=4096)
def parse(text: str) -> Template:
    """Split a text at its placeholders: «تلفن {shop}» gives ("تلفن ", Placeholder("shop")).

    Raises BadTemplate at a brace that belongs to no placeholder; texts hold no braces of their own.
    """
    parts: list[str | Placeholder] = []
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        parts += [text[end : match.start()], Placeholder(match[1], match[2])]
        end = match.end()
    parts.append(text[end:])
    for part in parts:
        for line in part.splitlines() if isinstance(part, str) else ():
            if _BRACE.search(line):
                raise BadTemplate(f"stray brace at '{line.strip()[:40]}'")
    return tuple(part for part in parts if part != "")


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """Return the placeholders of a text; raises BadTemplate."""
    return tuple(part for part in parse(text) if isinstance(part, Placeholder))
