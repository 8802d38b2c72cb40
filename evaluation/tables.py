"""The report for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evaluation.baseline import Changed, Comparison
from evaluation.summary import Summary

COLUMNS = (("accuracy", 10), ("top3", 8), ("refused", 9), ("offered", 9))
MOST_CONFUSIONS = 25
MOST_CHANGES = 20


def tables(summary: Summary) -> str:
    """Return every table, the goals and the comparison last, where the eye rests."""
    result = summary.result
    parts = [
        _groups("", {"in scope": result["in_scope"], "out of scope": result["out_of_scope"]}),
        _groups("by language", result["by_lang"]),
        _groups("by variety", result["by_variety"]),
        _groups("by intent, weakest first", weakest_first(result["by_intent"])),
        _confusions(summary),
        _boundaries(summary),
        _calibration(summary),
        _leaks(summary),
        _goals(summary),
    ]
    if summary.comparison is not None:
        parts.append(_comparison(summary.comparison))
    return "\n\n".join(parts)


def weakest_first(groups: Mapping[str, Any]) -> dict[str, Any]:
    """Return the groups in the order of their accuracy."""
    return dict(sorted(groups.items(), key=lambda item: (item[1]["accuracy"], item[0])))


def _groups(title: str, groups: Mapping[str, Any]) -> str:
    heads = "".join(f"{column:>{width}}" for column, width in COLUMNS)
    lines = [f"{title:26}{'rows':>6}{heads}"]
    for name, group in groups.items():
        if group["rows"]:
            cells = "".join(f"{group[column]:>{width}.3f}" for column, width in COLUMNS)
            lines.append(f"{name:26}{group['rows']:>6}{cells}")
    return "\n".join(lines)


def _confusions(summary: Summary) -> str:
    lines = ["rows  answered  meant → taken for"]
    for one in summary.confusions[:MOST_CONFUSIONS]:
        lines.append(f"{len(one.judged):>4}{one.answered:>10}  {one.meant} → {one.taken_for}")
    rest = len(summary.confusions) - MOST_CONFUSIONS
    if rest > 0:
        lines.append(f"and {rest} more pairs")
    return "\n".join(lines)


def _boundaries(summary: Summary) -> str:
    lines = [f"{'boundaries':26}{'rows':>6}{'accuracy':>10}{'offered':>9}{'confused':>10}"]
    for kept in summary.boundaries:
        lines.append(f"{kept.boundary.rule:>2}. {kept.boundary.title}")
        lines.append(
            f"{'':26}{kept.rows:>6}{kept.accuracy:>10.3f}{kept.offered:>9.3f}{kept.confused:>10.3f}"
            f"  {' · '.join(kept.boundary.ids)}"
        )
    return "\n".join(lines)


def _calibration(summary: Summary) -> str:
    lines = [f"{'confidence':14}{'rows':>6}{'mean':>8}{'right':>8}{'gap':>8}"]
    for one in summary.bins:
        lines.append(
            f"{one.low:.1f} to {one.high:.1f}{'':4}{one.rows:>6}{one.confidence:>8.3f}"
            f"{one.hits:>8.3f}{one.hits - one.confidence:>+8.3f}"
        )
    lines.append(f"expected calibration error {summary.result['ece']:.4f}")
    return "\n".join(lines)


def _leaks(summary: Summary) -> str:
    line = (
        f"{len(summary.leaked)} rows are too like a training example "
        f"(and {summary.pleasantries} short pleasantries, which is no harm)"
    )
    if not summary.leaked:
        return line
    accuracy = summary.without_leaks["accuracy"]
    return (
        f"{line}; `python -m evaluation --leaks` lists them\n"
        f"without them the accuracy in scope is {accuracy:.3f}, with them "
        f"{summary.result['in_scope']['accuracy']:.3f}"
    )


def _goals(summary: Summary) -> str:
    lines = [f"{'goals':32}{'rows':>6}{'figure':>9}{'goal':>9}"]
    for standing in summary.goals:
        goal = standing.goal
        figure = "-" if standing.figure is None else f"{standing.figure:.3f}"
        sign = "≥" if goal.least else "≤"
        verdict = "reached" if standing.reached else "missed"
        lines.append(
            f"{goal.name:32}{standing.rows:>6}{figure:>9}{sign:>5}{goal.bound:.2f}  {verdict}"
        )
    lines.append(f"{summary.reached} of {len(summary.goals)} goals reached")
    return "\n".join(lines)


def _comparison(comparison: Comparison) -> str:
    lines = [comparison.as_text()]
    lines += _changes("won", comparison.won)
    lines += _changes("lost", comparison.lost)
    return "\n".join(lines)


def _changes(title: str, changes: Iterable[Changed]) -> list[str]:
    changes = list(changes)
    lines = [
        f"{title:>5}  {c.judged.row.lang.value}/{c.judged.row.variety} {c.judged.row.intent} "
        f"({c.before} → {c.now})  {c.judged.row.text}"
        for c in changes[:MOST_CHANGES]
    ]
    if len(changes) > MOST_CHANGES:
        lines.append(f"{'':5}  and {len(changes) - MOST_CHANGES} more")
    return lines
