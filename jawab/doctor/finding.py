"""What a look at one thing found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Level(str, Enum):
    """How a part is: well, worth a word, or broken."""

    WELL = "well"
    NOTE = "note"  # as it is meant, but worth knowing
    WARNING = "warning"  # works now, and will not for long, or is not safe
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """`about` names the thing, `told` says how it is, `mend` what to do."""

    level: Level
    about: str
    told: str
    mend: str = ""


Look: TypeAlias = Callable[[], Iterable[Finding]]


def well(about: str, told: str) -> Finding:
    """It is as it should be."""
    return Finding(Level.WELL, about, told)


def note(about: str, told: str, mend: str = "") -> Finding:
    """It is as it is."""
    return Finding(Level.NOTE, about, told, mend)


def warning(about: str, told: str, mend: str) -> Finding:
    """It will not do for long."""
    return Finding(Level.WARNING, about, told, mend)


def broken(about: str, told: str, mend: str) -> Finding:
    """It does not work."""
    return Finding(Level.BROKEN, about, told, mend)


def looked(looks: Iterable[tuple[str, Look]]) -> Iterator[Finding]:
    """What all these looks find; one that fails itself is a finding, and keeps none of the others from looking."""
    for about, look in looks:
        try:
            yield from look()
        except Exception as error:
            kind = type(error).__qualname__
            yield broken(about, f"could not be looked at ({kind})", "see the other findings first")
