"""The word and letter tables of data/lexicon: where they are, and how they are read.

A table of spellings is written the short way round, the form that stays first and then
everything people type for it; ``_`` stands for a space inside a spelling::

    چطور: چجوری چه_جوری        # Persian colloquial → formal
    متي: امتي ايمتي            # Arabic dialect → standard
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import yaml

from jawab.text.errors import LexiconError

P = ParamSpec("P")
R = TypeVar("R")

_place = [Path(__file__).parents[2] / "data" / "lexicon"]
_forgetters: list[Callable[[], None]] = []


def folder() -> Path:
    """Return the folder the tables are read from."""
    return _place[0]


def use(path: Path) -> None:
    """Read the tables from another folder from now on, and forget all that was built from the old."""
    _place[0] = path
    for forget in _forgetters:
        forget()


def on_change(forget: Callable[[], None]) -> None:
    """Have ``forget`` called whenever the folder changes."""
    _forgetters.append(forget)


def remembered(build: Callable[P, R]) -> Callable[P, R]:
    """Build once per arguments and process, lazily, until the folder changes."""
    cached = cache(build)
    on_change(cached.cache_clear)

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return cached(*args, **kwargs)  # type: ignore[arg-type]

    call.__name__, call.__doc__ = build.__name__, build.__doc__
    return call


@remembered
def table(name: str) -> Mapping[str, Any]:
    """Return the whole file ``<name>.yml``; every scalar is a string (``no`` and ``5`` too)."""
    path = folder() / f"{name}.yml"
    try:
        # The base loader makes strings, lists and mappings only, so it is safe on any file.
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    except FileNotFoundError as error:
        raise LexiconError(
            f"{path.name}: not found in {path.parent}; run from a checkout or call lexicon.use()"
        ) from error
    except yaml.YAMLError as error:
        raise LexiconError(f"{path.name}: not valid YAML ({error}); mend the line named") from error
    if not isinstance(content, dict):
        raise LexiconError(f"{path.name}: holds no mapping; give it sections with a name each")
    return content


def section(name: str, part: str) -> Mapping[str, str]:
    """Return one mapping of a file, string to string."""
    found = table(name).get(part)
    if not isinstance(found, dict):
        raise LexiconError(f"{name}.yml: has no mapping {part!r}; add it")
    return found


def words(name: str, part: str) -> tuple[str, ...]:
    """Return one list of a file, written as words with blanks between them."""
    found = table(name).get(part)
    if not isinstance(found, str):
        raise LexiconError(f"{name}.yml: has no words under {part!r}; add them")
    return tuple(word.replace("_", " ") for word in found.split())


def spellings(name: str, part: str) -> dict[str, str]:
    """Return ``{spelling: form that stays}`` of one mapping of a file."""
    return {
        spelling.replace("_", " "): kept.replace("_", " ")
        for kept, typed in section(name, part).items()
        for spelling in typed.split()
    }
