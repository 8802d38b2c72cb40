"""What the sections of `python -m benchmarks.nlu` share: settings, data, and where results are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from random import Random

import typer

from benchmarks.ablation import Rows
from benchmarks.arenas import Arena
from benchmarks.datasets import ARBANKING, ROOT, absence, folder
from benchmarks.kept import Kept
from benchmarks.noise import typo
from jawab.knowledge import Knowledge, load
from jawab.settings import Settings
from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.training import fingerprint
from jawab.understanding.benchmark import draw, read_dataset
from jawab.understanding.decision import OUT_OF_SCOPE
from jawab.understanding.evaluation import read_rows
from jawab.understanding.model import Labelled
from jawab.understanding.sentence_vectors import sentence_vectors
from jawab.understanding.settings import PipelineSettings

FEW, SOME = 10, 40
"""Examples a label: what a new shop has, and enough for the committee."""


class Bench:
    """The project's settings and data, the data sets of others, and what was measured already."""

    def __init__(self, *, test: bool, stock_epochs: int, again: bool) -> None:
        settings = Settings()
        self.root, self.keep = settings.root, settings.var / "benchmarks"
        self.model_cache = settings.var / "model-cache"
        self.test, self.stock_epochs = test, stock_epochs
        self.pipeline = PipelineSettings.from_file(settings.root / "config.yml")
        self.eval = folder()
        self.kept = Kept(
            self.keep / "nlu-kept.json",
            of=fingerprint(settings.root),
            again=again,
            say=lambda line: typer.secho(f"· {line}", err=True, fg=typer.colors.BRIGHT_BLACK),
        )

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

    def arenas(self, shots: int) -> Iterator[Arena]:
        """Yield the arenas of the ablation: so many a label of the project's own examples, and of ArBanking77's."""
        inside = [row for row in self.asked() if row.intent != OUT_OF_SCOPE]
        plain = cache(lambda: self.rows("inside", inside))
        asked: dict[str, Callable[[], Rows]] = {f"own, {shots} a label": plain}
        if shots == SOME:
            asked["of them Finglish, Arabizi"] = lambda: _latin(plain())
            asked["own, a typo in each"] = cache(lambda: self._with_typos(inside))
        yield self._arena("own", shots, self.taught, asked)
        if absence(ARBANKING, within=self.eval):
            return
        train, dev = (
            cache(partial(read_dataset, self.eval / file, lang=ARBANKING.lang))
            for file in (ARBANKING.train, ARBANKING.dev)
        )
        others = cache(lambda: self.rows("arbanking-dev", dev()))
        name = f"{ARBANKING.name}, {shots} a label"
        yield self._arena(ARBANKING.name, shots, train, {name: others})

    def _arena(
        self,
        name: str,
        shots: int,
        examples: Callable[[], list[Labelled]],
        asked: dict[str, Callable[[], Rows]],
    ) -> Arena:
        drawn = cache(lambda: self.rows(f"{name}-{shots}", draw(examples(), shots=shots, seed=0)))
        return Arena(f"{name}, {shots} a label", drawn, asked)

    def _with_typos(self, rows: Sequence[Labelled]) -> Rows:
        chance = Random(11)  # noqa: S311
        return self.rows(
            "typos", [Labelled(typo(row.text, chance), row.intent, row.lang) for row in rows]
        )


def _latin(rows: Rows) -> Rows:
    """Return those rows that are Persian or Arabic in Latin letters."""
    return rows.take(
        [
            place
            for place, each in enumerate(rows.analyses)
            if each.latin and each.lang is not Lang.EN
        ]
    )
