"""The tables of docs/capacity.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.capacity.agreement import FIGURES, Point, mean_error
from benchmarks.capacity.costs import BOT, END_TO_END, Costs
from benchmarks.capacity.limits import MOST, Limit
from benchmarks.capacity.machine import CORES, Waited, bears, conversations_a_day
from benchmarks.capacity.sizes import Measured, Size
from benchmarks.nlu import line
from benchmarks.turns.figures import Spread, shown
from benchmarks.turns.ratios import Result, Row
from benchmarks.turns.report import samples_of

SIZES = tuple(10**power for power in range(2, 8))


def agreement(result: Result, points: Sequence[Point]) -> str:
    """Measured beside simulated, and how far the one is from the other."""
    rows: dict[tuple[str, int], Row] = {}
    for point in points:
        row = rows.setdefault(
            (point.system, point.conversations),
            {
                "system": f"({point.system})",
                "at once": point.conversations,
                "foretold": "yes" if point.foretold else "costs from here",
            },
        )
        row[point.figure] = (
            f"{shown(point.measured)} / {shown(point.simulated)} ({point.error:+.0f} %)"
        )
    told = "; ".join(
        f"{figure} {mean_error([p for p in points if p.figure == figure]):.0f} %"
        for figure in FIGURES
    )
    foretold = mean_error([point for point in points if point.foretold])
    machine = result["machine"]
    own = [each for each in samples_of(result) if each.system in (END_TO_END, BOT)]
    taken = Spread.of([each.others for each in own])
    return (
        f"Run of {result['when']} on {machine['cores']} cores ({machine['processor']}), of which others kept {taken} busy; "
        "measured / simulated (error):\n\n"
        f"{table(rows.values())}\n\n"
        f"Mean error, whichever way: {told}. Of the loads of which nothing went into the model: {foretold:.0f} %."
    )


def machines(costs: Costs, times: Sequence[Waited]) -> str:
    """What one machine bears, by its cores."""
    return table(
        {
            "cores": cores,
            "turns a second at most": shown(bears(costs, cores)),
            "p50 ms at 60 %": shown(_at(times, cores).p50),
            "p95 ms at 60 %": shown(_at(times, cores).p95),
            "conversations a day": whole(conversations_a_day(costs, cores)),
        }
        for cores in CORES
    )


def by_size(measured: Measured, limits: Sequence[tuple[float, Limit]]) -> str:
    """Two tables by conversations a day: what runs, and what is stored; with what breaks up to there."""
    sizes = [Size(number, measured) for number in SIZES]
    return f"{table(map(_runs, sizes))}\n\n{table(_stored(size, limits) for size in sizes)}"


def breaks(limits: Sequence[tuple[float, Limit]]) -> str:
    """What breaks, the first first."""
    return table(
        {
            "conversations a day": "never" if number >= MOST else whole(number),
            "what": limit.part,
            "its limit": "assumed" if limit.assumed else "measured",
            "what to do then": limit.remedy,
        }
        for number, limit in limits
    )


def whole(value: float) -> str:
    """Return a number as people say it: two digits that count, and thousands apart.

    >>> whole(12345), whole(0.123), whole(7)
    ('12,000', '0.12', '7')
    """
    if value < 10:
        return f"{value:.2g}"
    digits = len(f"{value:.0f}")
    return f"{round(value, 2 - digits):,.0f}"


def table(rows: Iterable[Row]) -> str:
    """Return rows as Markdown."""
    return "\n".join(line(row, first=not number) for number, row in enumerate(rows))


def _at(times: Sequence[Waited], cores: int) -> Waited:
    return next(each for each in times if (each.cores, each.share) == (cores, 0.6))


def _runs(size: Size) -> Row:
    return {
        "conversations a day": f"{size.conversations:,.0f}",
        "turns a second, mean": whole(size.ordinary),
        "sale's peak": whole(size.turns),
        "desks": f"{size.desks:,}",
        "Rasa": f"{size.rasas:,}",
        "actions": f"{size.action_servers:,}",
        "machines of 8 cores": f"{size.machines:,}",
        "memory GB": whole(size.gigabytes),
        "open streams": whole(size.streams),
    }


def _stored(size: Size, limits: Sequence[tuple[float, Limit]]) -> Row:
    over = [
        limit.part
        for number, limit in limits
        if size.conversations / 10 < number <= size.conversations
    ]
    return {
        "conversations a day": f"{size.conversations:,.0f}",
        "writes a second": whole(size.writes),
        "Redis commands a second": whole(size.commands),
        "news heard a second": whole(size.heard),
        "connections": whole(size.connections),
        "rows a year": whole(size.rows),
        "disk a year, TB": whole(size.terabytes),
        "what breaks between the last size and this, the first first": "; ".join(over) or "nothing",
    }
