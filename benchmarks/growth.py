"""How training, size and reading grow with the number of intents, on made-up questions of real words."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from jawab.text.analysis import analyze
from jawab.text.language import Lang
from jawab.understanding.classifier import Committee
from jawab.understanding.features import Features
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.ngrams import NgramVectorizer
from jawab.understanding.sentence_vectors import DIMENSIONS
from jawab.understanding.settings import PipelineSettings

EXAMPLES_AN_INTENT = 10
THEME = 4
PARSED = 60


@dataclass(frozen=True)
class Growth:
    """What teaching ``intents`` intents of ten examples each costs: seconds, and megabytes of what was learnt."""

    intents: int
    train_seconds: float
    megabytes: float


def made_up(words: Sequence[str], *, intents: int, seed: int = 3) -> list[Labelled]:
    """Return ten questions for each intent: its own four words in any order among some that all intents use."""
    chance = random.Random(seed)  # noqa: S311
    rows = []
    for number in range(intents):
        theme = chance.sample(words, THEME)
        for _ in range(EXAMPLES_AN_INTENT):
            text = chance.sample(theme, 3) + chance.sample(words[:50], 3)
            chance.shuffle(text)
            rows.append(Labelled(" ".join(text), f"intent_{number}", Lang.FA))
    return rows


def grow(words: Sequence[str], *, intents: int, settings: PipelineSettings) -> Growth:
    """Train on made-up intents, nothing kept of earlier trainings."""
    rows = made_up(words, intents=intents)
    begin = time.perf_counter()
    understander = Understander.train(rows, settings=settings, acts=frozenset())
    seconds = time.perf_counter() - begin
    return Growth(intents, round(seconds, 1), round(megabytes(understander), 1))


def megabytes(understander: Understander) -> float:
    """Return what it takes up on disk."""
    with tempfile.TemporaryDirectory() as scratch:
        understander.save(Path(scratch))
        return sum(file.stat().st_size for file in Path(scratch).iterdir()) / 1e6


def shaped(words: Sequence[str], *, intents: int, settings: PipelineSettings) -> Understander:
    """Return what a training of so many intents would make, but in one round and with vectors of chance.

    What it costs to read a message does not depend on what is known, only on how much; and one round is minutes where a
    training is an hour.
    """
    rows = made_up(words, intents=intents)
    analyses = [analyze(row.text, prior=row.lang) for row in rows]
    vectorizer = NgramVectorizer(settings.ngrams)
    vectorizer.fit(analyses)
    vectors = np.random.default_rng(intents).normal(size=(len(rows), DIMENSIONS))
    committee = Committee(replace(settings.classifier, epochs=1))
    committee.fit(
        Features.of(vectorizer.transform(analyses), vectors.astype(np.float32)),
        [row.intent for row in rows],
    )
    return Understander(
        vectorizer,
        committee,
        vectors=settings.vectors,
        thresholds=settings.thresholds,
        acts=frozenset(),
    )


def reading(understanders: Sequence[Understander], words: Sequence[str]) -> list[float]:
    """Return the median milliseconds a message of each; they read by turns, each texts of its own."""
    times: list[list[float]] = [[] for _ in understanders]
    for texts in fresh(words, rounds=PARSED, readers=len(understanders)):
        for understander, spent, text in zip(understanders, times, texts, strict=True):
            begin = time.perf_counter()
            understander.understand(text, prior=Lang.FA)
            spent.append(1000 * (time.perf_counter() - begin))
    return [round(statistics.median(spent), 2) for spent in times]


def fresh(words: Sequence[str], *, rounds: int, readers: int) -> list[list[str]]:
    """Return for each round one text a reader, no text twice, so that no vector is remembered."""
    chance = random.Random(7)  # noqa: S311
    return [[" ".join(chance.sample(words, 6)) for _ in range(readers)] for _ in range(rounds)]
