"""The pieces of a text in which amounts, dates and places are looked for: words, numbers, whole dates, signs."""

import re
from dataclasses import dataclass
from typing import Final

from jawab.text.characters import fold_letters
from jawab.text.lang import Lang

_DAY_MONTH_YEAR: Final = (
    r"(?<![0-9/])(?:[0-9]{4}(?P<by>[/.-])[0-9]{1,2}(?P=by)[0-9]{1,2}|[0-9]{1,2}(?P<of>[/.-])[0-9]{1,2}(?P=of)[0-9]{4})"
    r"(?![0-9/])"
)
_NUMBER: Final = r"[0-9]{1,3}(?:[,٬.][0-9]{3})+(?![0-9])|[0-9]+(?:[.٫][0-9]{1,2}(?![0-9]))?"
_WORD: Final = r"[A-Za-z]+[0-9][A-Za-z0-9]*|[^\W\d_]+(?:\u200c[^\W\d_]+)*"
_piece = re.compile(f"(?P<date>{_DAY_MONTH_YEAR})|(?P<number>{_NUMBER})|(?P<word>{_WORD})|\\S")


@dataclass(frozen=True)
class Piece:
    """A piece of the text at ``[start:end]``: its kind, and its letters in one form of both keyboards."""

    kind: str
    letters: str
    start: int
    end: int


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a text whose digits are ASCII, in order.

    >>> [(piece.kind, piece.letters) for piece in pieces("۳ هزار".replace("۳", "3"))]
    [('number', '3'), ('word', 'هزار')]
    """
    return [
        Piece(
            found.lastgroup or "sign",
            fold(found[0]) if found.lastgroup == "word" else found[0],
            *found.span(),
        )
        for found in _piece.finditer(text)
    ]


def fold(word: str) -> str:
    """Return the letters of a word in one form for Persian, Arabic and Latin script alike."""
    return fold_letters(word, lang=Lang.AR).replace(" ", "")
