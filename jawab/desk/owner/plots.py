"""Plots as inline SVG, made here: bars for kinds, stacked columns for times. No script and no inline style.

They are as wide as a phone shows them, so that their words stay readable there; a wider page sets two side by side.

Each has a title and a description for those who do not see it, and its page puts a table of the same numbers behind it.
In right-to-left pages the axis begins at the right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup, escape

WIDTH, LINE, THICK = 360, 40, 14
_NAME, _VALUE = 10, 84
_HEIGHT, _FOOT, _SIDE = 180, 24, 36
_LETTER = 7.5  # how wide a letter is at most, on average
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
    """Horizontal bars, one under the other; names above them, numbers behind them."""
    most = max((row.number for row in rows), default=0) or 1
    height = len(rows) * LINE
    parts = []
    for place, row in enumerate(rows):
        top = place * LINE
        length = round((WIDTH - _VALUE) * row.number / most, 1)
        below = top + 2 * _NAME
        parts.append(_text(_across(0, rtl), top + _NAME, row.name, "start"))
        parts.append(_rectangle(_across(0, rtl, length), below, length, THICK, row.kind))
        parts.append(_text(_across(length + 8, rtl), below + THICK / 2, row.told, "start"))
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
    longest = max((len(name) for name, _ in stacks), default=0)
    every = ceil((longest * _LETTER + _LETTER) / step)
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
        middle = at + step / 2
        if place % every == 0 and middle + len(name) * _LETTER / 2 <= WIDTH + _LETTER:
            parts.append(_text(_across(middle, rtl), base + _FOOT / 2, name, "middle"))
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
