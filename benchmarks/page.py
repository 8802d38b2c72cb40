"""The parts of docs/benchmarks.md that commands write."""

from __future__ import annotations

from pathlib import Path

from jawab.settings import PROJECT

PAGE = PROJECT / "docs" / "benchmarks.md"


def renew(page: Path, part: str, text: str) -> Path:
    """Write ``text`` where the page has this part, and leave all else as it is."""
    begin, end = marks(part)
    whole = page.read_text("utf-8")
    if begin not in whole or end not in whole:
        raise ValueError(f"{page.name}: there is no {begin} … {end}; add both lines")
    before, _, rest = whole.partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")
    return page


def marks(part: str) -> tuple[str, str]:
    """Return the lines between which a part stands."""
    return f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
