"""The table of ratios: what Jawab has or takes against stock Rasa, each beside its goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.stock import EPOCHS
from benchmarks.turns.figures import Sample, Spread, medians, processor_times, throughputs
from benchmarks.turns.models import COLD, Trained
from benchmarks.turns.processes import RASA

MANY = 32

Row = dict[str, Any]
Result = Mapping[str, Any]


def ratios(result: Result, samples: Sequence[Sample]) -> Iterator[Row]:
    """Yield all ratios of a run with their spread over the rounds."""
    loads = result["size"]["conversations"]

    def rate(one: str, other: str, goal: str) -> Row:
        return _ratio(f"throughput, ({one}) : ({other})", throughputs(samples, one, other), goal)

    yield rate("b", "c", "≥ 4, wanted 8")
    for load in loads:
        yield _ratio(
            f"median time at {load}, (b) : (c)",
            medians(samples, "b", "c", load),
            "≤ 1/4, wanted 1/6",
        )
    memory = result["memory"]
    yield _ratio(
        "memory of the Rasa process, (b) : (c)",
        Spread.of([memory["b"][RASA] / memory["c"][RASA]]),
        "≤ 0.65",
    )
    yield from _training_ratios(trainings(result))
    ready = result["ready"]
    yield _ratio(
        "start to ready, (b) : (c)",
        Spread.of([ours / theirs for ours, theirs in zip(ready["b"], ready["c"], strict=True)]),
        "≤ 1/2",
    )
    yield _ratio(
        "start to ready, (a) : (c)",
        Spread.of([ours / theirs for ours, theirs in zip(ready["a"], ready["c"], strict=True)]),
        "≤ 1/2",
    )
    yield rate("a", "c", "≥ 3, wanted 5")
    yield rate("b", "d", "≥ 1")
    yield rate("b", "e", "≥ 5")
    right = {key: each["in_scope"] for key, each in result["accuracy"].items()}
    if right["d"]:  # taught little, the lightest may know nothing
        yield _ratio("accuracy, (b) : (d)", Spread.of([right["b"] / right["d"]]), "clearly above 1")
    many = most_at_once(result)
    for one, other in (("b", "c"), ("b", "d"), ("b", "e"), ("a", "c")):
        spread = processor_times(samples, one, other, many)
        yield _ratio(f"processor time a turn at {many}, ({one}) : ({other})", spread, "none set")


def _training_ratios(trained: Mapping[str, Trained]) -> Iterator[Row]:
    """Ours, from nothing and with the vectors that are kept, beside stock's whole training and what was trained of it."""
    stock = trained["c"]
    whole = f"all {EPOCHS} epochs" + (" (extrapolated)" if stock.extrapolated else "")
    for key, name in ((COLD, "from nothing"), ("b", "with kept vectors")):
        if key in trained:
            ours = trained[key].seconds
            share = Spread.of([ours / stock.full_seconds])
            yield _ratio(f"training, (b) {name} : (c) {whole}", share, "≤ 1/20")
            if stock.extrapolated:
                part = f"its {stock.epochs} epochs (measured)"
                share = Spread.of([ours / stock.seconds])
                yield _ratio(f"training, (b) {name} : (c) {part}", share, "none set")


def _ratio(name: str, spread: Spread, goal: str) -> Row:
    return {"ratio": name, "measured": str(spread), "goal": goal}


def most_at_once(result: Result) -> int:
    """Return the load at which processor times are told."""
    loads: Sequence[int] = result["size"]["conversations"]
    return MANY if MANY in loads else loads[-1]


def trainings(result: Result) -> dict[str, Trained]:
    """Return the trainings by system; ours from nothing is ``COLD``."""
    return {key: Trained(**each) for key, each in result["training"].items()}
