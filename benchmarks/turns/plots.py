"""The plots of docs/benchmarks.md: what a system gets done, and how long a shopper waits, against conversations at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.plots import as_svg
from benchmarks.turns.figures import Sample, Spread, of_system
from evaluation.plots import styled

COLOURS = {"a": "#2a7f62", "b": "#3566b8", "c": "#c8553d", "d": "#8a5fb0", "e": "#b88a2a"}


@styled
def throughput(samples: Sequence[Sample], names: Mapping[str, str]) -> str:
    """Draw turns a second against conversations at once."""
    return _curves(samples, names, lambda sample: sample.a_second, "turns a second")


@styled
def times(samples: Sequence[Sample], names: Mapping[str, str]) -> str:
    """Draw the median time of a turn against conversations at once, both axes logarithmic."""
    return _curves(samples, names, lambda sample: sample.p50, "median ms a turn", logarithmic=True)


def _curves(
    samples: Sequence[Sample],
    names: Mapping[str, str],
    read: Callable[[Sample], float],
    label: str,
    *,
    logarithmic: bool = False,
) -> str:
    from matplotlib.figure import Figure  # type: ignore[import-untyped]

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for key, title in names.items():
        loads = sorted({s.conversations for s in samples if s.system == key})
        spreads = [Spread.of([read(s) for s in of_system(samples, key, load)]) for load in loads]
        middle = [spread.median for spread in spreads]
        axes.plot(loads, middle, marker="o", color=COLOURS[key], label=f"({key}) {title}")
        axes.fill_between(
            loads,
            [spread.least for spread in spreads],
            [spread.greatest for spread in spreads],
            color=COLOURS[key],
            alpha=0.2,
            linewidth=0,
        )
    axes.set_xscale("log", base=2)
    axes.set_xticks(loads, [str(load) for load in loads])
    if logarithmic:
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.set_xlabel("conversations at once")
    axes.set_ylabel(label)
    axes.legend(frameon=False, fontsize=8)
    return as_svg(figure)
