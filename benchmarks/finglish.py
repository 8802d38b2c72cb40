"""`python -m benchmarks.finglish PAIRS.tsv`: how near the transliteration of whole sentences comes to the Persian original.

The file holds a sentence in Latin letters, its Persian original and anything else, tab-separated. Both sides are folded as
messages are, so that a colloquial form that folds to its written one is no error. Nothing is trained on the file.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from jawab.text.characters import fold_letters
from jawab.text.folding import fold
from jawab.text.lang import Lang
from jawab.text.language import identify
from jawab.text.transliteration import to_native


@dataclass(frozen=True)
class Pair:
    """A sentence in Latin letters and its Persian original."""

    latin: str
    persian: str


@dataclass(frozen=True)
class Figures:
    """``character_errors``: edit distance without blanks over the original's letters; ``word_recall``: share of its words."""

    sentences: int
    character_errors: float
    word_recall: float
    identified: float
    ms: float


def read(path: Path) -> list[Pair]:
    """Read the pairs of a file, lines without a pair left out."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return [Pair(row[0], row[1]) for row in rows if len(row) > 1 and row[0] and row[1]]


def measure(pairs: Sequence[Pair], *, folded: bool) -> Figures:
    """Transliterate each sentence and compare; ``folded``: as messages are compared, else letter by letter."""
    begin = time.perf_counter()
    written = [to_native(pair.latin, lang=Lang.FA) for pair in pairs]
    ms = (time.perf_counter() - begin) * 1000 / max(len(pairs), 1)
    wrong = letters = found = words = 0
    for pair, native in zip(pairs, written, strict=True):
        meant, got = (_form(text, folded) for text in (pair.persian, native))
        wrong += distance(meant.replace(" ", ""), got.replace(" ", ""))
        letters += len(meant.replace(" ", ""))
        found += sum((Counter(meant.split()) & Counter(got.split())).values())
        words += len(meant.split())
    return Figures(
        sentences=len(pairs),
        character_errors=round(wrong / max(letters, 1), 4),
        word_recall=round(found / max(words, 1), 4),
        identified=round(
            sum(identify(p.latin, prior=Lang.EN).lang is Lang.FA for p in pairs)
            / max(len(pairs), 1),
            4,
        ),
        ms=round(ms, 2),
    )


def _form(text: str, folded: bool) -> str:
    return fold(text, lang=Lang.FA) if folded else fold_letters(text, lang=Lang.FA)


def distance(one: str, other: str) -> int:
    """Return the number of letters to insert, delete or replace (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        row = list(_next_row(row, number, letter, other))
    return row[-1]


def _next_row(row: Sequence[int], number: int, letter: str, other: str) -> Iterator[int]:
    left = number
    yield left
    for place, there in enumerate(other):
        left = min(row[place] + (letter != there), row[place + 1] + 1, left + 1)
        yield left


def main(
    file: Annotated[Path, typer.Argument(help="Sentence in Latin letters, tab, Persian original.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="The first sentences only.")] = None,
) -> None:
    """Character error rate and word recall of the transliteration, letter by letter and folded."""
    pairs = read(file)[:limit]
    results = {name: measure(pairs, folded=name == "folded") for name in ("letters", "folded")}
    if as_json:
        typer.echo(json.dumps({name: vars(figures) for name, figures in results.items()}, indent=2))
        return
    typer.echo(f"{'':10}{'sentences':>10}{'CER':>8}{'words':>8}{'as fa':>8}{'ms':>8}")
    for name, f in results.items():
        typer.echo(
            f"{name:10}{f.sentences:>10}{f.character_errors:>8.4f}{f.word_recall:>8.4f}{f.identified:>8.4f}{f.ms:>8.2f}"
        )


if __name__ == "__main__":
    typer.run(main)
