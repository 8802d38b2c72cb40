"""The project's files: what is below data/, and the model that was trained from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jawab import training
from jawab.doctor.finding import Finding, broken, warning, well
from jawab.knowledge.validate import problems


def data(root: Path) -> Iterator[Finding]:
    """Whether what is below data/ can be used."""
    found = problems(root)
    errors = [each for each in found if not each.warning]
    if errors:
        more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
        yield broken("data", f"{errors[0]}{more}", "jawab validate names each with its remedy")
    elif found:
        yield warning("data", f"{len(found)} warnings", "jawab validate names them")
    else:
        yield well("data", "in order")


def model(root: Path) -> Iterator[Finding]:
    """Whether there is a model that was trained from the files as they are."""
    archive = training.up_to_date(root)
    if archive is not None:
        yield well("model", archive.name)
        return
    older = list((root / "models").glob(f"{training.PREFIX}*.tar.gz"))
    told = "was trained from other files" if older else "there is none"
    yield broken("model", told, "jawab train (make run does it by itself)")
