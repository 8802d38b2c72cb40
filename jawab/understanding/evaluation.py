"""How well labelled messages are understood: accuracy, refusals, offers, calibration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jawab.text.language import Lang
from jawab.understanding.decision import OUT_OF_SCOPE, Outcome
from jawab.understanding.model import Understander

HEADER = ["text", "intent", "lang", "variety"]
BINS = 10


class EvaluationError(ValueError):
    """A file of labelled messages cannot be read."""


@dataclass(frozen=True)
class Row:
    """One labelled message."""

    text: str
    intent: str
    lang: Lang
    variety: str


@dataclass(frozen=True)
class Judged:
    """A row, what it was taken for and what was done with it.

    ``first`` are the likeliest intents, at most three; ``answered`` is the intent answered at once, if one was.
    """

    row: Row
    first: tuple[str, ...]
    confidence: float
    outcome: Outcome
    answered: str | None

    @property
    def out_of_scope(self) -> bool:
        """Whether the row is no concern of a shop's support."""
        return self.row.intent == OUT_OF_SCOPE

    @property
    def refused(self) -> bool:
        """Whether it was declined: not understood, or taken for out of scope."""
        return self.outcome is Outcome.NOT_UNDERSTOOD or self.answered == OUT_OF_SCOPE

    @property
    def right(self) -> bool:
        """Whether it was answered with its intent; out of scope: whether it was not answered with another."""
        if self.out_of_scope:
            return self.answered in (None, OUT_OF_SCOPE)
        return self.answered == self.row.intent


def read_rows(path: Path, *, known: Set[str]) -> list[Row]:
    """Read a tab-separated file with the header ``text intent lang variety``."""
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read ({error})") from error
    # Split by hand: csv and splitlines also break at the separators that a pasted text may hold.
    header, *rows = (line.rstrip("\r").split("\t") for line in lines)
    if header != HEADER:
        raise EvaluationError(
            f"{path}: the first line must be 'text intent lang variety', tab-separated"
        )
    return [
        _row(path, number, cells, known)
        for number, cells in enumerate(rows, start=2)
        if any(cell.strip() for cell in cells)
    ]


def _row(path: Path, number: int, cells: Sequence[str], known: Set[str]) -> Row:
    if len(cells) != len(HEADER):
        raise EvaluationError(
            f"{path}:{number}: {len(cells)} cells, {len(HEADER)} expected; check the tabs"
        )
    text, intent, lang, variety = cells
    intent = intent.removeprefix("faq/")
    if intent not in known:
        raise EvaluationError(f"{path}:{number}: {intent!r} is no id of the catalogue")
    try:
        return Row(text, intent, Lang(lang), variety)
    except ValueError as error:
        raise EvaluationError(f"{path}:{number}: lang {lang!r}; use fa, ar or en") from error


def judge(row: Row, understander: Understander) -> Judged:
    """Understand one row as a first message in a conversation of its language."""
    understood = understander.understand(row.text, prior=row.lang)
    decision = understood.decision
    return Judged(
        row=row,
        first=tuple(candidate.intent for candidate in understood.ranking[:3]),
        confidence=understood.best.confidence if understood.best else 0.0,
        outcome=decision.outcome,
        answered=decision.intents[0] if decision.outcome is Outcome.ANSWERED else None,
    )


def evaluate_rows(rows: Iterable[Row], understander: Understander) -> dict[str, Any]:
    """Return the report of `jawab evaluate --json`; its form is fixed in docs/architecture.md."""
    return measure([judge(row, understander) for row in rows])


def measure(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the same report for rows that have been judged already."""
    in_scope = [j for j in judged if not j.out_of_scope]
    return {
        "rows": len(judged),
        "in_scope": figures(in_scope),
        "out_of_scope": figures([j for j in judged if j.out_of_scope]),
        "by_lang": _grouped(in_scope, lambda j: j.row.lang.value),
        "by_variety": _grouped(in_scope, lambda j: f"{j.row.lang.value}/{j.row.variety}"),
        "by_intent": _grouped(judged, lambda j: j.row.intent),
        "ece": calibration_error(judged),
        "errors": [_error(j) for j in judged if not j.right],
    }


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return ``rows``, and as fractions of them ``accuracy``, ``top3``, ``refused``, ``offered``."""
    count = len(judged)
    if not count:
        return {"rows": 0, "accuracy": None, "top3": None, "refused": None, "offered": None}
    return {
        "rows": count,
        "accuracy": round(sum(j.right for j in judged) / count, 4),
        "top3": round(sum(j.row.intent in j.first for j in judged) / count, 4),
        "refused": round(sum(j.refused for j in judged) / count, 4),
        "offered": round(sum(j.outcome is Outcome.OFFERED for j in judged) / count, 4),
    }


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the expected calibration error of the top confidence in ten bins (Naeini et al. 2015)."""
    bins: dict[int, list[Judged]] = defaultdict(list)
    for j in judged:
        bins[min(int(j.confidence * BINS), BINS - 1)].append(j)
    gaps = 0.0
    for members in bins.values():
        confidence = sum(j.confidence for j in members)
        hits = sum(j.first[:1] == (j.row.intent,) for j in members)
        gaps += abs(confidence - hits)
    return round(gaps / len(judged), 4) if judged else 0.0


def _grouped(judged: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, Any]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for j in judged:
        groups[key(j)].append(j)
    return {name: figures(groups[name]) for name in sorted(groups)}


def _error(j: Judged) -> dict[str, Any]:
    return {
        "text": j.row.text,
        "lang": j.row.lang.value,
        "variety": j.row.variety,
        "expected": j.row.intent,
        "predicted": j.first[0] if j.first else None,
        "confidence": round(j.confidence, 4),
        "outcome": j.outcome.value,
    }


def report(result: dict[str, Any]) -> str:
    """Return the tables that `jawab evaluate` prints."""
    lines = [f"{'':24}{'rows':>6}{'accuracy':>10}{'top 3':>8}{'refused':>9}{'offered':>9}"]

    def add(name: str, group: dict[str, Any]) -> None:
        if group["rows"]:
            cells = "".join(
                f"{group[column]:>{width}.3f}"
                for column, width in (("accuracy", 10), ("top3", 8), ("refused", 9), ("offered", 9))
            )
            lines.append(f"{name:24}{group['rows']:>6}{cells}")

    add("in scope", result["in_scope"])
    add("out of scope", result["out_of_scope"])
    for section in ("by_lang", "by_variety"):
        lines.append("")
        for name, group in result[section].items():
            add(name, group)
    weakest = sorted(result["by_intent"].items(), key=lambda item: item[1]["accuracy"])[:10]
    lines.append("\nweakest intents")
    for name, group in weakest:
        add(name, group)
    confused: dict[tuple[str, str], int] = defaultdict(int)
    for error in result["errors"]:
        if error["predicted"] != error["expected"]:
            confused[error["expected"], str(error["predicted"])] += 1
    lines.append("\nmost confused (meant → taken for)")
    for (meant, taken), count in sorted(confused.items(), key=lambda item: -item[1])[:10]:
        lines.append(f"{count:>4}  {meant} → {taken}")
    lines.append(f"\nexpected calibration error {result['ece']:.4f}")
    return "\n".join(lines)
