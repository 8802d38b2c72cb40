"""The command `python -m benchmarks.scale`: curves of what a turn costs against what there is already.

Sections: stored (conversations in the desk's database), session (messages in one conversation), streams (open event streams).
Each prints its table, keeps it in var/benchmarks/scale-<section>.json and draws it into docs/benchmarks. How the
understanding grows with the FAQ is `python -m benchmarks.nlu growth`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from benchmarks.nlu import line
from benchmarks.page import PAGE, renew
from benchmarks.plots import curves
from benchmarks.scale.session import session
from benchmarks.scale.stored import stored
from benchmarks.scale.streams import streams
from jawab.settings import Settings

Row = dict[str, float]


@dataclass(frozen=True)
class Section:
    """What is measured, at which sizes, and what of it is drawn."""

    measure: Callable[[tuple[int, ...]], Iterator[Row]]
    sizes: tuple[int, ...]
    drawn: tuple[str, ...]


SECTIONS = {
    "stored": Section(
        stored,
        (1_000, 10_000, 100_000, 1_000_000),
        ("turn ms", "transcript ms", "open turns ms"),
    ),
    "session": Section(
        session,
        (10, 100, 1_000, 5_000),
        ("desk turn ms", "desk transcript ms", "trackers, jawab ms", "trackers, rasa's own ms"),
    ),
    "streams": Section(streams, (1, 10, 100, 500, 1_000, 2_000), ("told after ms", "slowest ms")),
}


def main(
    sections: Annotated[list[str] | None, typer.Argument(help=", ".join(SECTIONS))] = None,
    most: Annotated[int | None, typer.Option(min=1, help="Leave out what is larger.")] = None,
) -> None:
    """Measure how the cost of a turn grows; tables, JSON and plots."""
    chosen = sections or list(SECTIONS)
    if unknown := set(chosen) - set(SECTIONS):
        raise typer.BadParameter(
            f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}"
        )
    keep = Settings().var / "benchmarks"
    keep.mkdir(parents=True, exist_ok=True)
    for name in chosen:
        section = SECTIONS[name]
        sizes = tuple(size for size in section.sizes if most is None or size <= most)
        typer.echo(f"\n## {name}\n")
        rows: list[Row] = []
        for row in section.measure(sizes):
            typer.echo(line(row, first=not rows))
            rows.append(row)
        (keep / f"scale-{name}.json").write_text(json.dumps(rows, indent=1), "utf-8")
        if most is None:
            publish(name, rows, section.drawn)


def publish(name: str, rows: list[Row], drawn: tuple[str, ...]) -> None:
    """Renew the section's table and plot in docs/benchmarks.md."""
    table = "\n".join(line(row, first=not number) for number, row in enumerate(rows))
    plot = PAGE.parent / "benchmarks" / f"scale-{name}.svg"
    plot.parent.mkdir(exist_ok=True)
    plot.write_text(curves(rows, against=next(iter(rows[0])), drawn=drawn), "utf-8")
    measured = f"Measured {time.strftime('%Y-%m-%d')} by `python -m benchmarks.scale {name}`:"
    renew(PAGE, f"scale {name}", f"{measured}\n\n{table}\n\n![{name}](benchmarks/{plot.name})")


if __name__ == "__main__":
    typer.run(main)
