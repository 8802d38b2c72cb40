"""Plots as inline SVG, made here: bars for kinds, stacked columns for times. No script and no inline style.

Each has a title and a description for those who do not see it, and its page puts a table of the same numbers behind it.
In right-to-left pages the axis begins at the right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, LINE, GAP = 640, 28, 6
_LABEL, _VALUE = 200, 64
_HEIGHT, _FOOT, _SIDE = 180, 24, 44
_RECTANGLE = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>')
_LETTERS = Markup('<text x="{}" y="{}" text-anchor="{}" dominant-baseline="central">{}</text>')
_FRAME = Markup(
    '<svg class="plot" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
    '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>'
)


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its number, the number in words, and the class that colours it."""

    name: str
    number: float
    told: str
    kind: str = "plain"


def bars(id: str, title: str, description: str, rows: Sequence[Bar], *, rtl: bool) -> Markup:
    """Horizontal bars, one under the other; names before them, numbers behind them."""
    most = max((row.number for row in rows), default=0) or 1
    height = len(rows) * (LINE + GAP)
    parts = []
    for place, row in enumerate(rows):
        top = place * (LINE + GAP)
        length = round((WIDTH - _LABEL - _VALUE) * row.number / most, 1)
        middle = top + LINE / 2
        parts.append(_text(_across(_LABEL - 8, rtl), middle, row.name, "end"))
        left = _across(_LABEL, rtl, length)
        parts.append(_rectangle(left, top, length, LINE, row.kind))
        parts.append(_text(_across(_LABEL + length + 8, rtl), middle, row.told, "start"))
    return _drawing(id, title, description, height, parts)


def columns(
    id: str,
    title: str,
    description: str,
    stacks: Sequence[tuple[str, Mapping[str, int]]],
    *,
    rtl: bool,
    top: str,
) -> Markup:
    """Stacked columns side by side: each has a name, and numbers by the class that colours them.

    `top` is the greatest number in words. Names are left out where there is no room for them.
    """
    most = max((sum(stack.values()) for _, stack in stacks), default=0) or 1
    step = (WIDTH - _SIDE) / max(len(stacks), 1)
    every = max(1, round(56 / step))
    base = _HEIGHT
    parts = [
        Markup('<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"/>').format(WIDTH, base, base),
        _text(_across(_SIDE - 6, rtl), 8, top, "end"),
    ]
    for place, (name, stack) in enumerate(stacks):
        at, height = _SIDE + place * step, 0.0
        for kind, number in stack.items():
            tall = round((_HEIGHT - 4) * number / most, 1)
            height += tall
            if number:
                wide = round(step * 0.8, 1)
                left = _across(at + step * 0.1, rtl, wide)
                parts.append(_rectangle(left, base - height, wide, tall, kind))
        if place % every == 0:
            parts.append(_text(_across(at + step / 2, rtl), base + _FOOT / 2, name, "middle"))
    return _drawing(id, title, description, _HEIGHT + _FOOT, parts)


def _across(x: float, rtl: bool, width: float = 0) -> float:
    """Where something `x` from the beginning of the line lies, counted from the left."""
    return round(WIDTH - x - width if rtl else x, 1)


def _rectangle(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return _RECTANGLE.format(f"part {kind}", x, round(y, 1), width, height)


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    # `start` and `end` follow the direction of the page, as the places do.
    return _LETTERS.format(x, y, anchor, text)


def _drawing(
    id: str, title: str, description: str, height: float, parts: Sequence[Markup]
) -> Markup:
    # The names are escaped by `format`, the parts are markup already.
    inside = Markup("").join(escape(part) for part in parts)
    return _FRAME.format(WIDTH, height, id, id, id, title, id, description, inside)
