"""The command `python -m benchmarks.nlu`: tables of what the understanding reaches and what each part of it is worth.

Sections: datasets, shots, ablation, committee, calibration, robustness, growth, reading, stock. Each prints its table and keeps it in
var/benchmarks/nlu-<section>.json. What takes long is kept part by part in nlu-kept.json there, for as long as the code and
data that a model is made of stay as they are: a run that broke off goes on where it stopped; --again measures anew. Data sets
are read from JAWAB_EVAL, or ../shared/eval beside the project; test splits are looked at only with --test.
"""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.ablation import Rows, ways
from benchmarks.arenas import compared, signed
from benchmarks.calibration import calibration
from benchmarks.datasets import ARBANKING, DATASETS, Dataset, absence
from benchmarks.growth import grow, megabytes, reading, shaped
from benchmarks.intervals import Interval, bootstrap
from benchmarks.noise import ACCIDENTS
from benchmarks.stock import EPOCHS, Parser, side_by_side, train
from benchmarks.workbench import FEW, SOME, Bench
from jawab.text.frequencies import frequencies
from jawab.text.language import Lang
from jawab.understanding.archive import latest_archive, load_understander
from jawab.understanding.benchmark import draw, read_dataset, run_benchmark
from jawab.understanding.decision import OUT_OF_SCOPE
from jawab.understanding.model import Understander

DRAWS = 5
SIZES = (58, 500, 2_000, 5_000)
PARSED = 200

Row = dict[str, Any]
Section = Callable[[Bench], Iterator[Row]]


def datasets(bench: Bench) -> Iterator[Row]:
    """The data sets of others, all of their training rows."""
    for dataset in DATASETS:
        lacking = absence(dataset, within=bench.eval)
        if lacking:
            yield {"set": dataset.name, "note": lacking}
            continue
        files = dataset.tests if bench.test else (dataset.dev,)
        result = bench.kept.once(", ".join(files), partial(_benchmark, bench, dataset, files))
        for file, figures in result["tests"].items():
            hits = round(figures["accuracy"] * figures["rows"])
            sure = bootstrap([True] * hits + [False] * (figures["rows"] - hits))
            yield {
                "set": f"{dataset.name} {Path(file).stem}",
                "rows": figures["rows"],
                "accuracy": str(sure),
                "macro F1": f"{figures['macro_f1']:.3f}",
                "fit s": result["fit_seconds"],
                "ms a text": figures["ms_per_text_p50"],
            }


def _benchmark(bench: Bench, dataset: Dataset, files: Sequence[str]) -> dict[str, Any]:
    return run_benchmark(
        bench.eval / dataset.train,
        [bench.eval / file for file in files],
        lang=dataset.lang,
        settings=bench.pipeline,
    )


def shots(bench: Bench) -> Iterator[Row]:
    """Ten examples a label of ArBanking77: what a new shop has."""
    lacking = absence(ARBANKING, within=bench.eval)
    if lacking:
        yield {"set": ARBANKING.name, "note": lacking}
        return
    learnt = cache(partial(_drawn, bench))
    for file in ARBANKING.tests if bench.test else (ARBANKING.dev,):
        found = bench.kept.once(
            f"{file}, {FEW} a label, {DRAWS} draws", partial(_accuracies, bench, learnt, file)
        )
        yield {
            "set": f"{ARBANKING.name} {Path(file).stem}, {FEW} a label",
            "draws": len(found),
            "accuracy": f"{statistics.mean(found):.3f} ({min(found):.3f}–{max(found):.3f})",
        }


def _drawn(bench: Bench) -> list[Understander]:
    examples = read_dataset(bench.eval / ARBANKING.train, lang=ARBANKING.lang)
    return [
        Understander.train(
            draw(examples, shots=FEW, seed=seed), settings=bench.pipeline, acts=frozenset()
        )
        for seed in range(DRAWS)
    ]


def _accuracies(bench: Bench, learnt: Callable[[], list[Understander]], file: str) -> list[float]:
    understanders = learnt()
    rows = read_dataset(bench.eval / file, lang=ARBANKING.lang)
    right = [0] * len(understanders)
    # Each message goes to all of them in turn, so that its vector is made once.
    for row in rows:
        for place, understander in enumerate(understanders):
            best = understander.understand(row.text, prior=row.lang).best
            right[place] += best is not None and best.intent == row.intent
    return [hits / len(rows) for hits in right]


def ablation(bench: Bench) -> Iterator[Row]:
    """One change at a time, ten examples a label: the whole's accuracy, and what each change wins or loses (paired)."""
    yield from _ablation(bench, FEW)


def committee(bench: Bench) -> Iterator[Row]:
    """The same with forty examples a label, of which the committee learns."""
    yield from _ablation(bench, SOME)


def _ablation(bench: Bench, shots: int) -> Iterator[Row]:
    arenas = list(bench.arenas(shots))
    whole: dict[str, list[bool]] = {}
    for way, learn in ways(bench.pipeline).items():
        hits: dict[str, list[bool]] = {}
        for arena in arenas:
            hits |= arena.hits(way, learn, kept=bench.kept)
        whole = whole or hits
        yield compared(way, hits, whole)


def calibrated(bench: Bench) -> Iterator[Row]:
    """What the voters' temperatures are worth: accuracy and expected calibration error with them and without."""
    for arena in (*bench.arenas(FEW), *bench.arenas(SOME)):
        name, rows = next(iter(arena.asked.items()))
        found = bench.kept.once(
            f"calibration, {name}",
            partial(_calibration, bench, arena.taught, rows),
        )
        yield {
            "set": name,
            "accuracy": f"{found['accuracy']:.3f}",
            "without": f"{found['accuracy_at_one']:.3f}",
            "calibration error": str(Interval(**found["error"])),
            "without ": str(Interval(**found["error_at_one"])),
        }


def _calibration(
    bench: Bench, taught: Callable[[], Rows], asked: Callable[[], Rows]
) -> dict[str, Any]:
    return asdict(calibration(bench.pipeline, taught(), asked()))


def robustness(bench: Bench) -> Iterator[Row]:
    """The trained model on the development set's questions, as they are and with one accident in each."""
    archive = latest_archive(bench.root / "models")
    understander = load_understander(archive, cache=bench.model_cache)
    rows = [row for row in bench.asked() if row.intent != OUT_OF_SCOPE]
    plain: list[bool] = []
    for name, accident in {"as it is": lambda text, _: text, **ACCIDENTS}.items():
        chance = random.Random(11)  # noqa: S311
        texts = [accident(row.text, chance) for row in rows]
        understood = [
            understander.understand(text, prior=row.lang)
            for text, row in zip(texts, rows, strict=True)
        ]
        hits = [
            u.best is not None and u.best.intent == row.intent
            for u, row in zip(understood, rows, strict=True)
        ]
        plain = plain or hits
        changed = sum(text != row.text for text, row in zip(texts, rows, strict=True))
        yield {
            "messages": name,
            "changed": changed,
            "right intent first": str(bootstrap(hits)),
            "against as it is": signed(hits, plain) if hits is not plain else "",
        }


def growth(bench: Bench) -> Iterator[Row]:
    """Made-up intents of ten examples each: how long teaching them takes, and the size of what was learnt."""
    words = _words()
    for size in SIZES:
        grown = bench.kept.once(f"growth, {size} intents", partial(_growth, bench, words, size))
        yield {
            "intents": grown["intents"],
            "training s": grown["train_seconds"],
            "model MB": grown["megabytes"],
        }


def reads(bench: Bench) -> Iterator[Row]:
    """How long reading one message takes with so many intents, by turns; of models of that shape, taught one round."""
    words = _words()
    models = [shaped(words, intents=size, settings=bench.pipeline) for size in SIZES]
    times = reading(models, words)
    for size, model, ms in zip(SIZES, models, times, strict=True):
        yield {
            "intents": size,
            "model MB": f"{megabytes(model):.1f}",
            "parse ms": ms,
            f"beside {SIZES[0]}": f"{ms / times[0]:.2f}",
        }


def _words() -> list[str]:
    return [word for word in list(frequencies(Lang.FA))[:20_000] if len(word) > 2][:8_000]


def _growth(bench: Bench, words: Sequence[str], size: int) -> dict[str, Any]:
    return asdict(grow(words, intents=size, settings=bench.pipeline))


def stock(bench: Bench) -> Iterator[Row]:
    """Stock Rasa's default pipeline: trained on the same rows, parsing the same messages by turns with ours."""
    ours = Parser(latest_archive(bench.root / "models"))
    taught = bench.taught()
    trained = train(taught, epochs=bench.stock_epochs, keep=bench.keep)
    theirs = Parser(Path(trained.model))
    asked = [row for row in bench.asked() if row.intent != OUT_OF_SCOPE]
    texts = [row.text for row in random.Random(1).sample(asked, PARSED)]  # noqa: S311
    mine, other = side_by_side(ours, theirs, texts)
    yield {
        "what": "parse of one message, median ms",
        "jawab": f"{mine:.1f}",
        "stock": f"{other:.1f}",
        "ratio": f"{mine / other:.2f}",
    }
    full = trained.seconds * EPOCHS / trained.epochs
    yield {
        "what": f"stock's training on the project's {trained.rows} examples, s",
        "jawab": "",
        "stock": f"{trained.seconds} for {trained.epochs} epochs, {trained.when}"
        + ("" if trained.epochs == EPOCHS else f"; {EPOCHS} epochs, extrapolated: {full:.0f}"),
    }


SECTIONS: dict[str, Section] = {
    "datasets": datasets,
    "shots": shots,
    "ablation": ablation,
    "committee": committee,
    "calibration": calibrated,
    "robustness": robustness,
    "growth": growth,
    "reading": reads,
    "stock": stock,
}


def main(
    sections: Annotated[list[str] | None, typer.Argument(help=", ".join(SECTIONS))] = None,
    test: Annotated[bool, typer.Option("--test", help="Test splits instead of dev's.")] = False,
    stock_epochs: Annotated[
        int, typer.Option(min=1, help="Fewer than 100: the full figure is extrapolated.")
    ] = EPOCHS,
    again: Annotated[
        bool, typer.Option("--again", help="Measure anew what an earlier run has kept.")
    ] = False,
) -> None:
    """Measure the understanding: tables on the screen and in var/benchmarks."""
    chosen = sections or list(SECTIONS)
    unknown = set(chosen) - set(SECTIONS)
    if unknown:
        raise typer.BadParameter(
            f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}"
        )
    bench = Bench(test=test, stock_epochs=stock_epochs, again=again)
    bench.keep.mkdir(parents=True, exist_ok=True)
    for name in chosen:
        section = SECTIONS[name]
        typer.echo(f"\n## {name}\n\n{(section.__doc__ or '').strip()}\n")
        rows: list[Row] = []
        for row in section(bench):
            typer.echo(line(row, first=not rows))
            rows.append(row)
        file = bench.keep / f"nlu-{name}{'-test' if test else ''}.json"
        file.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


def line(row: Row, *, first: bool) -> str:
    """Return a row of a Markdown table, headed by its columns when it is the first.

    >>> print(line({"set": "x", "rows": 3}, first=True))
    | set | rows |
    |---|---|
    | x | 3 |
    """
    cells = "| " + " | ".join(str(value) for value in row.values()) + " |"
    if not first:
        return cells
    heads = "| " + " | ".join(name.strip() for name in row) + " |"
    return f"{heads}\n|{'---|' * len(row)}\n{cells}"


if __name__ == "__main__":
    typer.run(main)
