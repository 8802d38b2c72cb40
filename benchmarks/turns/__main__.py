"""The command `python -m benchmarks.turns` (`make bench`): five systems side by side in one run, by turns.

The full run takes about twelve minutes once stock Rasa's models are trained (they are kept under var/model-cache; the default
pipeline takes a quarter of an hour the first time), writes var/benchmarks/turns.json and renews docs/benchmarks.md with its
plots. `--quick` is a smoke run of a minute's load that writes the JSON file only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from benchmarks.turns import report
from benchmarks.turns.bench import FULL, QUICK, Bench
from jawab.settings import PROJECT, Settings


def main(
    quick: Annotated[
        bool, typer.Option("--quick", help="A smoke run; no figures for docs.")
    ] = False,
    stock_epochs: Annotated[
        int, typer.Option(min=1, help="Of the default pipeline; fewer than 100 are extrapolated.")
    ] = 3,
    rounds: Annotated[int | None, typer.Option(min=1, help="Other than the usual number.")] = None,
    starts: Annotated[int | None, typer.Option(min=1, help="How often each is started.")] = None,
    rows: Annotated[
        int | None, typer.Option(min=1, help="So many questions for the accuracy, not all.")
    ] = None,
    own_training: Annotated[
        bool, typer.Option(help="Whether Jawab's own model is trained, to see how long it takes.")
    ] = True,
    train_only: Annotated[
        bool, typer.Option("--train", help="Only train what the run needs and is not there.")
    ] = False,
    render_only: Annotated[
        bool, typer.Option("--render", help="Write docs/benchmarks.md anew from the last run.")
    ] = False,
) -> None:
    """Measure whole turns of Jawab and of stock Rasa side by side."""
    settings = Settings()
    kept = settings.var / "benchmarks" / ("turns-quick.json" if quick else "turns.json")
    size = QUICK if quick else FULL
    size = replace(
        size, rounds=rounds or size.rounds, starts=starts or size.starts, rows=rows or size.rows
    )
    bench = Bench(settings, size, stock_epochs=stock_epochs, own=own_training)
    if train_only:
        bench.trained(say=typer.echo)
        return
    if not render_only:
        report.keep(bench.run(say=typer.echo), kept)
    result = report.read(kept)
    typer.echo(report.tables(result))
    typer.echo(f"\nkept in {kept}")
    if not quick:
        typer.echo(f"written into {report.publish(result, PROJECT / 'docs')}")


if __name__ == "__main__":
    typer.run(main)
