"""The project's own pipeline on a data set of others: train on one file, report on the others."""

from __future__ import annotations

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.metrics import f1_score

from jawab.text.language import Lang
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.settings import PipelineSettings


class DatasetError(ValueError):
    """A data set's file cannot be read."""


def read_dataset(path: Path, *, lang: Lang) -> list[Labelled]:
    """Read a headerless tab-separated file: text, label; further columns are ignored."""
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read ({error})") from error
    examples = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) < 2 or not cells[1].strip():
            raise DatasetError(f"{path}:{number}: text and label expected, separated by a tab")
        examples.append(Labelled(cells[0], cells[1].strip(), lang))
    if not examples:
        raise DatasetError(f"{path}: holds no rows")
    return examples


def draw(examples: Sequence[Labelled], *, shots: int, seed: int) -> list[Labelled]:
    """Return ``shots`` examples a label (all where there are fewer), drawn with ``seed``."""
    by_label: dict[str, list[Labelled]] = defaultdict(list)
    for example in examples:
        by_label[example.intent].append(example)
    chance = random.Random(seed)  # noqa: S311
    return [
        example
        for label in sorted(by_label)
        for example in chance.sample(by_label[label], min(shots, len(by_label[label])))
    ]


def run_benchmark(
    train_file: Path,
    test_files: Sequence[Path],
    *,
    lang: Lang,
    settings: PipelineSettings,
    shots: int | None = None,
    seed: int = 0,
) -> dict[str, Any]:
    """Train and test; see `jawab benchmark-dataset --help` for the form."""
    examples = read_dataset(train_file, lang=lang)
    tests = {str(path): read_dataset(path, lang=lang) for path in test_files}
    if shots is not None:
        examples = draw(examples, shots=shots, seed=seed)
    labels = len({example.intent for example in examples})
    if labels < 2:
        raise DatasetError(f"{train_file}: holds one label; a classifier needs two at least")
    begin = time.perf_counter()
    understander = Understander.train(examples, settings=settings, acts=frozenset())
    fit_seconds = time.perf_counter() - begin
    return {
        "train_rows": len(examples),
        "labels": labels,
        "fit_seconds": round(fit_seconds, 2),
        "tests": {name: _test(rows, understander) for name, rows in tests.items()},
    }


def _test(rows: Sequence[Labelled], understander: Understander) -> dict[str, Any]:
    truth, predicted, milliseconds = [], [], []
    for row in rows:
        begin = time.perf_counter()
        understood = understander.understand(row.text, prior=row.lang)
        milliseconds.append((time.perf_counter() - begin) * 1000)
        truth.append(row.intent)
        predicted.append(understood.best.intent if understood.best else "")
    hits = sum(a == b for a, b in zip(truth, predicted, strict=True))
    return {
        "rows": len(rows),
        "accuracy": round(hits / len(rows), 4),
        "macro_f1": round(float(f1_score(truth, predicted, average="macro", zero_division=0)), 4),
        "ms_per_text_p50": round(statistics.median(milliseconds), 2),
    }
