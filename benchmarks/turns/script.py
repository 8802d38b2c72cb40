"""What is said: conversations of five questions from the development set, the same ones in the same order to every system."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from jawab.text.language import Lang
from jawab.understanding.model import Labelled

TURNS = 5
# One for each system: two of them ask the same process.
MARKS = "؟!…?;"


@dataclass(frozen=True)
class Talk:
    """One conversation: its language, and what the shopper says."""

    lang: Lang
    texts: tuple[str, ...]


def talks(asked: Sequence[Labelled], *, seed: int, mark: str) -> Iterator[Talk]:
    """Yield conversations without end, each in one language, each question once a round.

    The questions end in so many ``mark``s as there were rounds, so that no process answers from what it remembers of
    equal texts: neither those of earlier rounds, nor another system's, nor those that it was asked for its accuracy.
    """
    chance = random.Random(seed)  # noqa: S311
    for number in count(1):
        round_of = []
        for lang in Lang:
            texts = [f"{row.text}{mark * number}" for row in asked if row.lang is lang]
            chance.shuffle(texts)
            round_of += [
                Talk(lang, tuple(texts[at : at + TURNS]))
                for at in range(0, len(texts) - TURNS + 1, TURNS)
            ]
        chance.shuffle(round_of)
        yield from round_of
