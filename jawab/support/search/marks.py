"""Showing a find: the part of the text around what was looked for, with that marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jawab.support.search.terms import Wanted, contact_terms, terms_of
from jawab.text.characters import fold_letters
from jawab.text.entities import extract
from jawab.text.lang import Lang

WIDTH: Final = 200
_BEFORE: Final = 60
_LONGEST: Final = 8_000

# A word with the marks that stand in one: joints, tatweel, harakat, the signs of references and addresses.
_word = re.compile(r"[^\W_](?:[\w\u200c\u200d\u0640\u064b-\u065f\u0670@.+%-]*[\w\u064b-\u065f])?")


@dataclass(frozen=True)
class Piece:
    """A part of a text; a `hit` is what was looked for."""

    text: str
    hit: bool = False


def marked(text: str, wanted: Wanted, *, width: int = WIDTH) -> tuple[Piece, ...]:
    """Return about `width` characters around the first hit, as pieces in order; «…» where text is left out.

    >>> [piece.text for piece in marked("سفارش كتابم کجاست", wanted("کتاب")) if piece.hit]
    ['كتابم']
    """
    text = text[:_LONGEST]
    spans = _merged(sorted(_hits(text, wanted)))
    start = _word_start(text, spans[0][0] - _BEFORE) if spans else 0
    end = min(len(text), start + width)
    pieces = [Piece("… ")] if start else []
    at = start
    for left, right in spans:
        if left >= end:
            break
        if left > at:
            pieces.append(Piece(text[at:left]))
        pieces.append(Piece(text[left:right], hit=True))
        at = right
    if at < end:
        pieces.append(Piece(text[at:end]))
    if max(at, end) < len(text):
        pieces.append(Piece(" …"))
    return tuple(pieces)


def _hits(text: str, wanted: Wanted) -> Iterator[tuple[int, int]]:
    terms = wanted.terms
    words = [(hit.start(), hit.end(), hit[0]) for hit in _word.finditer(text)]
    for start, end, word in words:
        if any(term.matches(form) for form in terms_of(word, lang=Lang.FA) for term in terms):
            yield start, end
    folded = [fold_letters(word, lang=Lang.FA).replace(" ", "") for _, _, word in words]
    for left in range(len(words) - 1):
        pair = folded[left] + folded[left + 1]
        if any(len(term.text) > len(folded[left]) and term.matches(pair) for term in terms):
            yield words[left][0], words[left + 1][1]
    for entity in extract(text, lang=Lang.FA):
        if any(term.matches(form) for form in contact_terms(entity.value) for term in terms):
            yield entity.start, entity.end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _word_start(text: str, near: int) -> int:
    if near <= 0:
        return 0
    blank = text.find(" ", near, near + _BEFORE // 2)
    return blank + 1 if blank >= 0 else near
