"""Curves as SVG, in the style of the evaluation's plots."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.plots import styled


@styled
def curves(rows: Sequence[Mapping[str, float]], *, against: str, drawn: Sequence[str]) -> str:
    """Draw columns of a table against one of them, both axes logarithmic."""
    from matplotlib.figure import Figure  # type: ignore[import-untyped]

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    sizes = [row[against] for row in rows]
    for name in drawn:
        axes.plot(sizes, [row[name] for row in rows], marker="o", label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(against)
    axes.set_ylabel("ms")
    axes.legend(frameon=False, fontsize=8)
    return as_svg(figure)


def as_svg(figure: Any) -> str:
    """Return a figure as SVG text that is the same for the same figures."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    return "".join(f"{each.rstrip()}\n" for each in text.getvalue().splitlines())
