"""One run: every system started and stopped alone, then loaded by turns, round after round."""

from __future__ import annotations

import asyncio
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.turns import models, stock_projects
from benchmarks.turns.accuracy import accuracy
from benchmarks.turns.figures import Sample
from benchmarks.turns.load import load
from benchmarks.turns.models import COLD, Trained
from benchmarks.turns.processes import RASA, busy_seconds, processor_seconds, resident, spent
from benchmarks.turns.script import MARKS, talks
from benchmarks.turns.stored import stored
from benchmarks.turns.systems import System, systems
from jawab.knowledge import Knowledge
from jawab.knowledge import load as load_knowledge
from jawab.settings import Settings
from jawab.training import train, up_to_date
from jawab.understanding.evaluation import read_rows
from jawab.understanding.model import Labelled

Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much is measured: conversations at once, seconds of each run, rounds, starts, rows asked for accuracy, and
    of how many examples an intent stock's models learn (None: all)."""

    conversations: tuple[int, ...]
    seconds: float
    rounds: int
    starts: int
    rows: int | None
    examples: int | None


FULL = Size((1, 8, 32, 128), seconds=4, rounds=3, starts=2, rows=None, examples=None)
QUICK = Size((1, 8), seconds=1, rounds=1, starts=1, rows=40, examples=3)


class Bench:
    """The run. Stock's models are trained before it begins, when they are not there."""

    def __init__(self, settings: Settings, size: Size, *, stock_epochs: int, own: bool) -> None:
        self.settings, self.size, self.epochs = settings, size, stock_epochs
        self.own = own
        self.knowledge: Knowledge = load_knowledge(settings.root)
        self.cache = settings.var / "model-cache"

    def run(self, *, say: Say) -> dict[str, Any]:
        """Measure everything and return it as JSON knows it."""
        begin = time.perf_counter()
        trained, projects = self.trained(say=say)
        with tempfile.TemporaryDirectory(prefix="jawab-bench-") as scratch:
            found = systems(projects, Path(scratch))
            with self._running(found, say):
                understood = {
                    system.key: asyncio.run(accuracy(system.group.url(RASA), self._asked()))
                    for system in found
                    if system.key in "bcd"
                }
                say(f"accuracy: {understood}")
                samples = list(self._samples(found, say))
                memory = {system.key: resident(system.members) for system in found}
                kept = stored(Path(scratch))
        return {
            "when": time.strftime("%Y-%m-%d %H:%M"),
            "minutes": round((time.perf_counter() - begin) / 60, 1),
            "machine": machine(),
            "size": asdict(self.size),
            "systems": {system.key: system.title for system in found},
            "ready": {system.key: system.ready for system in found},
            "training": {key: asdict(one) for key, one in trained.items()},
            "accuracy": understood,
            "memory": memory,
            "stored": kept,
            "samples": [asdict(sample) for sample in samples],
        }

    def trained(self, *, say: Say) -> tuple[dict[str, Trained], dict[str, Path]]:
        """Return all trainings by system, and the stock projects by kind; train what is not trained yet."""
        say("training what is not trained yet")
        root = self.settings.root
        if up_to_date(root) is None:
            train(root, log=self.settings.var / "log" / "training.log")
        trained = {}
        if self.own and self.size.examples is None:
            trained[COLD], trained["b"] = models.own(root, self.cache / "own")
        projects = {}
        for key, kind in (
            ("c", stock_projects.DEFAULT),
            ("d", stock_projects.LIGHT),
            ("e", stock_projects.ACTING),
        ):
            epochs = 0 if kind.light else self.epochs
            files = stock_projects.files(
                kind, self.knowledge, epochs=epochs, examples=self.size.examples
            )
            projects[kind.name] = models.project(self.cache / "stock", files)
            trained[key] = models.trained(projects[kind.name], epochs=epochs)
            say(f"{kind.name}: {trained[key]}")
        return trained, projects

    @contextmanager
    def _running(self, found: Sequence[System], say: Say) -> Iterator[None]:
        groups = list({system.group.name: system.group for system in found}.values())
        try:
            for number in range(self.size.starts):
                for group in groups:
                    group.start()
                    say(f"{group.name} ready after {group.ready}")
                    if number + 1 < self.size.starts:
                        group.stop()
            yield
        finally:
            for group in groups:
                group.stop()

    def _samples(self, found: Sequence[System], say: Say) -> Iterator[Sample]:
        questions = [row for row in self._dev() if row.intent in self.knowledge.questions]
        scripts = {
            system.key: talks(questions, seed=1, mark=mark)
            for system, mark in zip(found, MARKS, strict=True)
        }
        for system in found:  # nobody's first messages count
            asyncio.run(load(system.door, scripts[system.key], conversations=4, seconds=1))
        for number in range(self.size.rounds):
            turn = number % len(found)
            for conversations in self.size.conversations:
                for system in (*found[turn:], *found[:turn]):
                    before, all_before = processor_seconds(system.members), busy_seconds()
                    heard = asyncio.run(
                        load(
                            system.door,
                            scripts[system.key],
                            conversations=conversations,
                            seconds=self.size.seconds,
                        )
                    )
                    everybody = busy_seconds() - all_before
                    sample = Sample.of(
                        heard,
                        round=number,
                        system=system.key,
                        conversations=conversations,
                        processor=spent(before, processor_seconds(system.members)),
                        everybody=everybody,
                    )
                    say(
                        f"round {number + 1}, {conversations} conversations, {system.title}: "
                        f"{sample.a_second} turns/s, p50 {sample.p50} ms, {sample.failures} failed"
                    )
                    yield sample

    def _asked(self) -> list[Labelled]:
        rows = self._dev()
        return rows[:: len(rows) // self.size.rows] if self.size.rows else rows

    def _dev(self) -> list[Labelled]:
        known = set(self.knowledge.questions) | set(self.knowledge.acts)
        return [
            Labelled(row.text, row.intent, row.lang)
            for file in sorted((self.settings.root / "evaluation" / "dev").glob("*.tsv"))
            for row in read_rows(file, known=known)
        ]


def machine() -> dict[str, Any]:
    """Return what the figures hold for."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": model,
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "load_before": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
    }
