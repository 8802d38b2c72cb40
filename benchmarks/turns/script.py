"""What is said: conversations of five questions from the development set, the same ones in the same order to every system."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, product

from jawab.text.language import Lang
from jawab.understanding.model import Labelled

TURNS = 5
_MARKS = "؟!…"


@dataclass(frozen=True)
class Talk:
    """One conversation: its language, and what the shopper says."""

    lang: Lang
    texts: tuple[str, ...]


def talks(asked: Sequence[Labelled], *, seed: int) -> Iterator[Talk]:
    """Yield conversations without end, each in one language, each question once a round.

    In later rounds the questions end in other marks, so that no system answers from what it remembers of equal texts.
    """
    chance = random.Random(seed)  # noqa: S311
    for marks in chain.from_iterable(product(_MARKS, repeat=length) for length in count()):
        round_of = []
        for lang in Lang:
            texts = [f"{row.text}{''.join(marks)}" for row in asked if row.lang is lang]
            chance.shuffle(texts)
            round_of += [
                Talk(lang, tuple(texts[at : at + TURNS]))
                for at in range(0, len(texts) - TURNS + 1, TURNS)
            ]
        chance.shuffle(round_of)
        yield from round_of
