"""The command `python -m benchmarks.capacity`: docs/capacity.md anew from the last run of `make bench`.

Reads var/benchmarks/turns.json, and scale-streams.json where there is one; measures nothing itself and takes seconds.
`--from FILE` reads another run, `--print` changes no file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from benchmarks.capacity import plots, report
from benchmarks.capacity.agreement import RUNS, points
from benchmarks.capacity.costs import CALIBRATED, END_TO_END, NotMeasured, costs
from benchmarks.capacity.limits import reached
from benchmarks.capacity.machine import ARRIVED, CORES, waited
from benchmarks.capacity.measured import measured, streams_measured
from benchmarks.page import renew
from benchmarks.turns.ratios import Result
from benchmarks.turns.report import read, samples_of
from jawab.settings import PROJECT, Settings

PARTS = ("agreement", "machines", "sizes", "limits")


def main(
    figures: Annotated[
        Path | None, typer.Option("--from", help="Another file than var/benchmarks/turns.json.")
    ] = None,
    only_print: Annotated[bool, typer.Option("--print", help="Change no file.")] = False,
) -> None:
    """Simulate the last run of `make bench`, and say what grows how far."""
    folder = Settings().var / "benchmarks"
    file = figures or folder / "turns.json"
    try:
        if not file.is_file():
            raise NotMeasured(f"there is no {file}; run `make bench`")
        written, drawn = rendered(read(file), folder)
    except NotMeasured as problem:
        raise SystemExit(f"nothing to start from: {problem}") from problem
    typer.echo("\n\n".join(written.values()))
    if not only_print:
        typer.echo(f"\nwritten into {publish(written, drawn, PROJECT / 'docs')}")


def rendered(
    result: Result, folder: Path, *, runs: int = RUNS, arrived: int = ARRIVED
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the page's parts and its plots, by name; fewer simulated runs and turns are quicker and less exact."""
    basis = measured(result, folder)
    found = list(points(result, runs=runs))
    busy = costs(samples_of(result), END_TO_END, CALIBRATED[-1], cores=result["machine"]["cores"])
    times = [each for cores in CORES for each in waited(busy, cores, arrived=arrived)]
    ahead = list(reached(basis))
    origin = (
        f"Streams: {basis.streams_a_desk:,} at one desk, {basis.stream_kilobytes:.0f} KB each"
        + ("." if streams_measured(folder) else ", assumed: not measured yet.")
    )
    written = {
        "agreement": f"{report.agreement(result, found)}\n\n![Measured and simulated](benchmarks/capacity-agreement.svg)",
        "machines": f"{report.machines(busy, times)}\n\n![Waiting](benchmarks/capacity-waiting.svg)",
        "sizes": f"{report.by_size(basis, ahead)}\n\n{origin}\n\n![Processes by size](benchmarks/capacity-growth.svg)",
        "limits": report.breaks(ahead),
    }
    drawn = {
        "capacity-agreement.svg": plots.agreement(found),
        "capacity-waiting.svg": plots.waiting(times),
        "capacity-growth.svg": plots.growth(basis),
    }
    return written, drawn


def publish(written: dict[str, str], drawn: dict[str, str], docs: Path) -> Path:
    """Renew the parts of docs/capacity.md and its plots."""
    page = docs / "capacity.md"
    for name, plot in drawn.items():
        (docs / "benchmarks" / name).write_text(plot, "utf-8")
    for part in PARTS:
        renew(page, f"capacity {part}", written[part])
    return page


if __name__ == "__main__":
    typer.run(main)
