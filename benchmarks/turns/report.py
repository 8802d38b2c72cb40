"""A run's figures as JSON, as tables in Markdown, and as docs/benchmarks.md with its plots."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.nlu import line
from benchmarks.page import renew
from benchmarks.turns import plots
from benchmarks.turns.figures import (
    Sample,
    Spread,
    median_of,
    of_system,
    saturation,
    shown,
)
from benchmarks.turns.models import COLD, Trained
from benchmarks.turns.ratios import Result, Row, most_at_once, ratios, trainings

PAGE = "benchmarks.md"


def keep(result: Result, file: Path) -> None:
    """Write the figures down."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")


def read(file: Path) -> Result:
    """Return the figures of the last run."""
    found: Result = json.loads(file.read_text("utf-8"))
    return found


def tables(result: Result) -> str:
    """Return all tables of a run as Markdown."""
    samples = samples_of(result)
    machine = result["machine"]
    return "\n\n".join(
        (
            f"Run of {result['when']}, {result['minutes']} minutes, on {machine['cores']} cores "
            f"({machine['processor']}, {machine['memory_gb']} GB); load of the machine before it: "
            f"{machine['load_before']}. {result['size']['rounds']} rounds of {result['size']['seconds']} s; "
            f"medians over the rounds, least and greatest in brackets.{_others(samples)}",
            _markdown(ratios(result, samples)),
            _markdown(_once(result, samples)),
            _markdown(_times(result, samples)),
            _markdown(_processes(result, samples)),
            _origins(result),
        )
    )


def publish(result: Result, docs: Path) -> Path:
    """Renew the tables and plots of the page in ``docs``."""
    folder = docs / "benchmarks"
    folder.mkdir(exist_ok=True)
    samples, names = samples_of(result), result["systems"]
    drawn = {
        "Turns a second": ("turns-throughput.svg", plots.throughput(samples, names)),
        "Median time of a turn": ("turns-times.svg", plots.times(samples, names)),
    }
    for file, plot in drawn.values():
        (folder / file).write_text(plot, "utf-8")
    images = [f"![{title}](benchmarks/{file})" for title, (file, _) in drawn.items()]
    return renew(docs / PAGE, "turns", "\n\n".join((tables(result), *images)))


def samples_of(result: Result) -> list[Sample]:
    """Return the runs of the load generator."""
    return [Sample(**each) for each in result["samples"]]


def _others(samples: Sequence[Sample]) -> str:
    if not any(sample.others for sample in samples):
        return ""
    taken = Spread.of([sample.others for sample in samples])
    return f" What is not measured kept {taken} cores busy meanwhile."


def _once(result: Result, samples: Sequence[Sample]) -> Iterator[Row]:
    trained = trainings(result)
    understood = result["accuracy"]
    for key, title in result["systems"].items():
        known = "b" if key == "a" else "d" if key == "e" else key
        ours = key in "ab"
        yield {
            "system": f"({key}) {title}",
            "turns a second": str(Spread.of(list(saturation(samples, key).values()))),
            "ready after s": str(Spread.of(result["ready"][key])),
            "training s": _training(trained.get("b" if ours else key))
            + (f", from nothing {_training(trained[COLD])}" if ours and COLD in trained else ""),
            "accuracy": f"{understood[known]['in_scope']:.3f}",
            "out of scope": f"{understood[known]['out_of_scope']:.3f}",
            "failed": sum(sample.failures for sample in samples if sample.system == key),
        }


def _training(trained: Trained | None) -> str:
    if trained is None:
        return "not measured"
    return f"{trained.full_seconds:.0f}{' *' if trained.extrapolated else ''}"


def _times(result: Result, samples: Sequence[Sample]) -> Iterator[Row]:
    for load in result["size"]["conversations"]:
        for key in result["systems"]:
            found = of_system(samples, key, load)
            yield {
                "at once": load,
                "system": f"({key})",
                "turns a second": str(Spread.of([sample.a_second for sample in found])),
                **{
                    f"{name} ms": str(Spread.of([getattr(sample, name) for sample in found]))
                    for name in ("p50", "p95", "p99")
                },
            }


def _processes(result: Result, samples: Sequence[Sample]) -> Iterator[Row]:
    load = most_at_once(result)
    for key in result["systems"]:
        found = of_system(samples, key, load)
        column = f"processor ms a turn, {load} at once"
        for name, megabytes in result["memory"][key].items():
            yield {
                "system": f"({key})",
                "process": name,
                "resident MB": f"{megabytes:.0f}",
                column: shown(
                    median_of(found, lambda sample, name=name: sample.processor[name])  # type: ignore[misc]
                ),
            }
        if any(sample.generator for sample in found):
            used = shown(median_of(found, lambda sample: sample.generator))
            yield {
                "system": f"({key})",
                "process": "the load generator",
                "resident MB": "",
                column: used,
            }


def _origins(result: Result) -> str:
    trained = trainings(result)
    told = "; ".join(
        f"({key}) {one.when}, {one.seconds:.0f} s" for key, one in sorted(trained.items())
    )
    stock = trained["c"]
    return (
        f"Trained: {told}. * (c) learnt for {stock.epochs} epochs of {stock.epoch_seconds:.0f} s; the time of all "
        f"follows from that, and its accuracy is that of {stock.epochs} epochs. How fast it answers does not depend on them."
        if stock.extrapolated
        else f"Trained: {told}."
    )


def _markdown(rows: Iterator[Row]) -> str:
    return "\n".join(line(row, first=not number) for number, row in enumerate(rows))
