"""The plots of the page, as SVG with the letters drawn as outlines: no font and nothing else is fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

from evaluation.confusion import Bin
from jawab.text.display import for_terminal

P = ParamSpec("P")

INK, GRID, MISSED, MARK = "#1d2733", "#d8dee6", "#c8553d", "#1d2733"
COLOURS = {"fa": "#2a7f62", "ar": "#3566b8", "en": "#8a5fb0"}

# The settings that make two runs draw the same bytes, in a font that has both scripts' joined letters.
STYLE = {
    "svg.fonttype": "path",
    "svg.hashsalt": "jawab",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GRID,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
}


@dataclass(frozen=True)
class Bar:
    """One bar of accuracy: its labels in English and in the language itself, its colour's language, its goal."""

    label: str
    native: str
    lang: str
    value: float
    rows: int
    goal: float | None = None


def styled(draw: Callable[P, str]) -> Callable[P, str]:
    """Let a function draw in our style, whatever matplotlib's own settings on this machine are."""

    @wraps(draw)
    def in_style(*args: P.args, **kwargs: P.kwargs) -> str:
        # Imported here: it takes a second, and a test of the tables needs none of it.
        import matplotlib  # type: ignore[import-untyped]

        with matplotlib.rc_context(STYLE):
            return draw(*args, **kwargs)

    return in_style


def drawn(text: str) -> str:
    """Return a text as a plotting library must be given it, which neither joins letters nor orders them.

    >>> drawn("گفتاری") == "گفتاری"
    False
    >>> drawn("noisy")
    'noisy'
    """
    return for_terminal(text, shape=True)


@styled
def bars(rows: Sequence[Bar], *, name: str, left: float) -> str:
    """Draw horizontal bars of accuracy from ``left`` to 1, a stroke at each goal, missed ones marked."""
    figure, axes = _figure(8.4, 0.34 * len(rows) + 0.7)
    for at, bar in enumerate(rows):
        missed = bar.goal is not None and bar.value < bar.goal
        axes.barh(at, max(bar.value - left, 0), left=left, height=0.66, color=COLOURS[bar.lang])
        axes.text(
            1.004,
            at,
            f"{bar.value:.3f}  ({bar.rows})",
            va="center",
            color=MISSED if missed else INK,
            fontweight="bold" if missed else "normal",
        )
        if bar.goal is not None:
            axes.plot([bar.goal] * 2, [at - 0.42, at + 0.42], color=MARK, linewidth=2)
    axes.set_yticks(range(len(rows)))
    axes.set_yticklabels([_both(bar) for bar in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(left, 1.0)
    axes.tick_params(length=0)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    return _svg(figure, name)


def _both(bar: Bar) -> str:
    return f"{bar.label}   {drawn(bar.native)}" if bar.native else bar.label


@styled
def topics(
    names: Sequence[tuple[str, str, str]], accuracy: Mapping[tuple[str, str], float], *, name: str
) -> str:
    """Draw one dot a language for each topic; ``names`` holds id, Persian and Arabic title."""
    figure, axes = _figure(8.4, 0.42 * len(names) + 1.0)
    for lang, colour in COLOURS.items():
        points = [
            (accuracy[topic, lang], at)
            for at, (topic, _, _) in enumerate(names)
            if (topic, lang) in accuracy
        ]
        if points:
            axes.scatter(*zip(*points, strict=True), s=52, color=colour, label=lang, zorder=3)
    axes.set_yticks(range(len(names)))
    axes.set_yticklabels([" · ".join(drawn(title) for title in titles[1:]) for titles in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(right=1.005)
    axes.tick_params(length=0)
    axes.grid(color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=3, frameon=False)
    return _svg(figure, name)


@styled
def reliability(bins: Sequence[Bin], *, name: str) -> str:
    """Draw how often the first guess is right against how sure it was; the areas show how many rows."""
    figure, axes = _figure(5.2, 4.6)
    most = max((one.rows for one in bins), default=1)
    axes.plot([0, 1], [0, 1], color=GRID, linewidth=1.5, zorder=1)
    axes.plot(
        [one.confidence for one in bins], [one.hits for one in bins], color=COLOURS["ar"], zorder=2
    )
    axes.scatter(
        [one.confidence for one in bins],
        [one.hits for one in bins],
        s=[30 + 500 * one.rows / most for one in bins],
        color=COLOURS["ar"],
        alpha=0.75,
        linewidth=0,
        zorder=3,
    )
    for one in bins:
        axes.annotate(
            str(one.rows),
            (one.confidence, one.hits),
            textcoords="offset points",
            xytext=(12, -12),
            fontsize=8,
        )
    axes.set(xlabel="confidence", ylabel="right", xlim=(0, 1.04), ylim=(0, 1.06))
    axes.grid(color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    return _svg(figure, name)


def _figure(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.backends.backend_svg import (  # type: ignore[import-untyped]
        FigureCanvasSVG,
    )
    from matplotlib.figure import Figure  # type: ignore[import-untyped]

    figure = Figure(figsize=(width, height))
    FigureCanvasSVG(figure)
    return figure, figure.add_subplot()


def _svg(figure: Any, name: str) -> str:
    buffer = io.StringIO()
    figure.savefig(
        buffer,
        format="svg",
        bbox_inches="tight",
        pad_inches=0.05,
        transparent=True,
        metadata={"Date": None},
    )
    svg = buffer.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.S)
    # Several plots share one page: their ids must not meet.
    return re.sub(r'(id="|href="#|url\(#)', rf"\g<1>{name}-", svg)
