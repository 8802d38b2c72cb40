"""The command `python -m benchmarks.nlu`: tables of what the understanding reaches and what each part of it is worth.

Sections: datasets, shots, ablation, robustness, growth, stock. Each prints its table and keeps it in
var/benchmarks/nlu-<section>.json. Data sets are read from JAWAB_EVAL, or ../shared/eval beside the project; test splits are
looked at only with --test.
"""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.ablation import Rows, nearest, variants
from benchmarks.datasets import ARBANKING, DATASETS, ROOT, absence, folder
from benchmarks.growth import grow
from benchmarks.intervals import bootstrap, paired
from benchmarks.noise import ACCIDENTS
from benchmarks.stock import EPOCHS, Parser, side_by_side, train
from jawab.knowledge import Knowledge, load
from jawab.settings import Settings
from jawab.text.analysis import analyze
from jawab.text.frequencies import frequencies
from jawab.text.language import Lang
from jawab.understanding.archive import latest_archive, load_understander
from jawab.understanding.benchmark import draw, read_dataset, run_benchmark
from jawab.understanding.decision import OUT_OF_SCOPE
from jawab.understanding.evaluation import read_rows
from jawab.understanding.model import Labelled
from jawab.understanding.sentence_vectors import sentence_vectors
from jawab.understanding.settings import PipelineSettings

DRAWS = 5
SHOTS = 10
SIZES = (58, 500, 2_000, 5_000)
PARSED = 200

Row = dict[str, Any]
Section = Callable[["Bench"], Iterator[Row]]


class Bench:
    """What the sections share: the project's settings and data, and where to keep results."""

    def __init__(self, *, test: bool, stock_epochs: int) -> None:
        settings = Settings()
        self.root, self.keep = settings.root, settings.var / "benchmarks"
        self.model_cache = settings.var / "model-cache"
        self.test, self.stock_epochs = test, stock_epochs
        self.pipeline = PipelineSettings.from_file(settings.root / "config.yml")
        self.eval = folder()

    def knowledge(self) -> Knowledge:
        """Return the project's own questions and acts."""
        return load(self.root)

    def rows(self, name: str, examples: Sequence[Labelled]) -> Rows:
        """Return examples with their vectors, which are kept under ``name``."""
        analyses = [analyze(example.text, prior=example.lang) for example in examples]
        vectors = sentence_vectors(analyses, cache=self.keep / f"vectors-{name}.npz")
        return Rows(analyses, [example.intent for example in examples], vectors)

    def taught(self) -> list[Labelled]:
        """Return the project's training examples, their language to be found out as Rasa has to."""
        knowledge = self.knowledge()
        asked = [(q.id, e) for q in knowledge.questions.values() for e in q.examples]
        acted = [(act.id, e) for act in knowledge.acts.values() for e in act.examples]
        return [Labelled(example.text, intent, Lang.FA) for intent, example in asked + acted]

    def asked(self) -> list[Labelled]:
        """Return the development set."""
        knowledge = self.knowledge()
        known = set(knowledge.questions) | set(knowledge.acts)
        files = sorted((ROOT / "evaluation" / "dev").glob("*.tsv"))
        return [
            Labelled(row.text, row.intent, row.lang)
            for file in files
            for row in read_rows(file, known=known)
        ]


def datasets(bench: Bench) -> Iterator[Row]:
    """The data sets of others, all of their training rows."""
    for dataset in DATASETS:
        lacking = absence(dataset, within=bench.eval)
        if lacking:
            yield {"set": dataset.name, "note": lacking}
            continue
        files = dataset.tests if bench.test else (dataset.dev,)
        result = run_benchmark(
            bench.eval / dataset.train,
            [bench.eval / file for file in files],
            lang=dataset.lang,
            settings=bench.pipeline,
        )
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


def shots(bench: Bench) -> Iterator[Row]:
    """Ten examples a label of ArBanking77: what a new shop has."""
    lacking = absence(ARBANKING, within=bench.eval)
    if lacking:
        yield {"set": ARBANKING.name, "note": lacking}
        return
    files = ARBANKING.tests if bench.test else (ARBANKING.dev,)
    reached: dict[str, list[float]] = {file: [] for file in files}
    for seed in range(DRAWS):
        result = run_benchmark(
            bench.eval / ARBANKING.train,
            [bench.eval / file for file in files],
            lang=ARBANKING.lang,
            settings=bench.pipeline,
            shots=SHOTS,
            seed=seed,
        )
        for file in files:
            reached[file].append(result["tests"][str(bench.eval / file)]["accuracy"])
    for file, found in reached.items():
        yield {
            "set": f"{ARBANKING.name} {Path(file).stem}, {SHOTS} a label",
            "draws": DRAWS,
            "accuracy": f"{statistics.mean(found):.3f} ({min(found):.3f}–{max(found):.3f})",
        }


def ablation(bench: Bench) -> Iterator[Row]:
    """One change at a time, taught ten examples a label: on the project's own development set and on ArBanking77's."""
    drawn = draw(bench.taught(), shots=SHOTS, seed=0)
    taught, asked = bench.rows("taught", drawn), bench.rows("dev", bench.asked())
    inside = [at for at, intent in enumerate(asked.intents) if intent != OUT_OF_SCOPE]
    asked = asked.take(inside)
    few, many = _few(bench)
    whole: tuple[list[bool], list[bool]] | None = None
    for variant in variants(bench.pipeline):
        own = _hits(variant.guesses(taught, asked), asked)
        others = _hits(variant.guesses(few, many), many) if few and many else []
        whole = whole or (own, others)
        yield _compared(variant.name, own, others, whole)
    assert whole
    own = _hits(nearest(taught, asked), asked)
    others = _hits(nearest(few, many), many) if few and many else []
    yield _compared("the nearest example alone", own, others, whole)


def _few(bench: Bench) -> tuple[Rows | None, Rows | None]:
    if absence(ARBANKING, within=bench.eval):
        return None, None
    examples = read_dataset(bench.eval / ARBANKING.train, lang=ARBANKING.lang)
    drawn = draw(examples, shots=SHOTS, seed=0)
    many = read_dataset(bench.eval / ARBANKING.dev, lang=ARBANKING.lang)
    return bench.rows("few", drawn), bench.rows("arbanking-dev", many)


def _hits(guesses: Sequence[str], asked: Rows) -> list[bool]:
    return [guess == truth for guess, truth in zip(guesses, asked.intents, strict=True)]


def _compared(
    name: str, own: list[bool], others: list[bool], whole: tuple[list[bool], list[bool]]
) -> Row:
    row: Row = {"variant": name, "own, 10 a label": str(bootstrap(own)), "against the whole": ""}
    if own is not whole[0]:
        row["against the whole"] = _signed(own, whole[0])
    row["ArBanking77, 10 a label"] = str(bootstrap(others)) if others else "not there"
    row["against the whole "] = _signed(others, whole[1]) if others is not whole[1] else ""
    return row


def _signed(ours: list[bool], whole: list[bool]) -> str:
    if not ours:
        return ""
    gap = paired(ours, whole)
    return f"{gap.mean:+.3f} ({gap.low:+.3f} to {gap.high:+.3f})"


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
            "against as it is": _signed(hits, plain) if hits is not plain else "",
        }


def growth(bench: Bench) -> Iterator[Row]:
    """Made-up intents of ten examples each: training time, size, parse time."""
    words = [word for word in list(frequencies(Lang.FA))[:20_000] if len(word) > 2][:8_000]
    for size in SIZES:
        grown = grow(words, intents=size, settings=bench.pipeline)
        yield {
            "intents": grown.intents,
            "training s": grown.train_seconds,
            "model MB": grown.megabytes,
            "parse ms": grown.parse_ms,
        }


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
    "robustness": robustness,
    "growth": growth,
    "stock": stock,
}


def main(
    sections: Annotated[list[str] | None, typer.Argument(help=", ".join(SECTIONS))] = None,
    test: Annotated[bool, typer.Option("--test", help="Test splits instead of dev's.")] = False,
    stock_epochs: Annotated[
        int, typer.Option(min=1, help="Fewer than 100: the full figure is extrapolated.")
    ] = EPOCHS,
) -> None:
    """Measure the understanding: tables on the screen and in var/benchmarks."""
    chosen = sections or list(SECTIONS)
    unknown = set(chosen) - set(SECTIONS)
    if unknown:
        raise typer.BadParameter(
            f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}"
        )
    bench = Bench(test=test, stock_epochs=stock_epochs)
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
