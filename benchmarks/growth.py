"""How training, size and parse time grow with the number of intents, on made-up questions of real words."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jawab.text.language import Lang
from jawab.understanding.model import Labelled, Understander
from jawab.understanding.settings import PipelineSettings

EXAMPLES_AN_INTENT = 10
THEME = 4
PARSED = 60


@dataclass(frozen=True)
class Growth:
    """What ``intents`` intents of ten examples each cost; times in seconds and milliseconds, size in megabytes."""

    intents: int
    train_seconds: float
    megabytes: float
    parse_ms: float


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
    """Train on made-up intents and measure; each size parses texts of its own, so that no vector is remembered."""
    rows = made_up(words, intents=intents)
    begin = time.perf_counter()
    understander = Understander.train(rows, settings=settings, acts=frozenset())
    seconds = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as scratch:
        understander.save(Path(scratch))
        size = sum(file.stat().st_size for file in Path(scratch).iterdir())
    chance = random.Random(-intents)  # noqa: S311
    times = []
    for _ in range(PARSED):
        text = " ".join(chance.sample(words, 6))
        begin = time.perf_counter()
        understander.understand(text, prior=Lang.FA)
        times.append(1000 * (time.perf_counter() - begin))
    return Growth(
        intents, round(seconds, 1), round(size / 1e6, 1), round(statistics.median(times), 1)
    )
