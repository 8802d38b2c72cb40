"""The plots of docs/capacity.md."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.capacity.agreement import Point
from benchmarks.capacity.machine import Waited
from benchmarks.capacity.sizes import Measured, Size
from benchmarks.plots import as_svg
from benchmarks.turns.plots import COLOURS
from evaluation.plots import styled

_SIZES = [10 ** (power / 4) for power in range(8, 29)]


@styled
def agreement(points: Sequence[Point]) -> str:
    """Draw what was measured as dots and what is simulated as lines, throughput and median time."""
    from matplotlib.figure import Figure  # type: ignore[import-untyped]

    figure = Figure(figsize=(8, 3.6), layout="constrained")
    for axes, name in zip(figure.subplots(1, 2), ("turns a second", "p50 ms"), strict=True):
        for system in sorted({point.system for point in points}):
            own = [point for point in points if (point.system, point.figure) == (system, name)]
            loads = [point.conversations for point in own]
            axes.plot(loads, [point.simulated for point in own], color=COLOURS[system])
            axes.plot(
                loads,
                [point.measured for point in own],
                "o",
                color=COLOURS[system],
                label=f"({system}) measured; line: simulated",
            )
        axes.set_xscale("log", base=2)
        axes.set_xticks(loads, [str(load) for load in loads])
        axes.set_xlabel("conversations at once")
        axes.set_ylabel(name)
        if name == "p50 ms":
            axes.set_yscale("log")
        else:
            axes.set_ylim(bottom=0)
        axes.legend(frameon=False, fontsize=8)
    return as_svg(figure)


@styled
def waiting(times: Sequence[Waited]) -> str:
    """Draw the 95th percentile of a turn against the turns that come each second, by cores."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for colour, cores in zip(
        COLOURS.values(), sorted({each.cores for each in times}), strict=False
    ):
        own = [each for each in times if each.cores == cores]
        axes.plot(
            [each.a_second for each in own],
            [each.p95 for each in own],
            marker="o",
            color=colour,
            label=f"{cores} core{'s' if cores > 1 else ''}",
        )
    axes.set_yscale("log")
    axes.set_xlim(left=0)
    axes.set_xlabel("turns that come each second (simulated)")
    axes.set_ylabel("p95 ms a turn")
    axes.legend(frameon=False, fontsize=8)
    return as_svg(figure)


@styled
def growth(measured: Measured) -> str:
    """Draw processes of each kind against conversations a day, both axes logarithmic."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    sizes = [Size(number, measured) for number in _SIZES]
    for colour, (name, numbers) in zip(
        COLOURS.values(),
        {
            "desks": [size.desks for size in sizes],
            "Rasa servers": [size.rasas for size in sizes],
            "action servers": [size.action_servers for size in sizes],
            "machines of 8 cores": [size.machines for size in sizes],
        }.items(),
        strict=False,
    ):
        axes.plot(_SIZES, numbers, color=colour, label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("conversations a day (extrapolated)")
    axes.set_ylabel("processes, machines")
    axes.legend(frameon=False, fontsize=8)
    return as_svg(figure)
