"""A patch as people read it: each line with what happens to it."""

from collections.abc import Iterator
from dataclasses import dataclass

_KINDS = {"+": "added", "-": "removed", " ": "kept"}


@dataclass(frozen=True)
class PatchLine:
    """A line that is added, removed or kept; or "gap" between two places of the file."""

    kind: str
    sign: str
    text: str


def patch_lines(patch: str) -> tuple[PatchLine, ...]:
    """Return the lines of a patch of one file, its head left out."""
    return tuple(_lines(patch))


def _lines(patch: str) -> Iterator[PatchLine]:
    inside = False
    for line in patch.splitlines():
        if line.startswith("@@"):
            inside = True
            yield PatchLine("gap", "", line.split(" @@")[0].removeprefix("@@ "))
        elif inside and not line.startswith("\\"):
            sign = line[:1] or " "
            yield PatchLine(_KINDS[sign], sign.strip(), line[1:])
