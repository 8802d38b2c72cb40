"""Names of currencies, numbers, months, days and cities in a text, by spaCy's phrase matcher."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jawab.text import lexicon
from jawab.text.pieces import pieces

_FILES: Final = ("amounts", "dates", "cities")
_MOST_STRINGS: Final = 100_000
_JOINED: Final = ("و", "ب", "ل", "وب", "ول")
"""Arabic "and", "in" and "to", written together with the word behind them."""


@dataclass(frozen=True)
class Item:
    """A piece of the text, or several that are one name; ``kind`` "word" and "sign" mean nothing here.

    ``value`` is a number's digits, a date as typed, or what the table has for the name.
    """

    kind: str
    value: str
    start: int
    end: int


def items(text: str) -> list[Item]:
    """Return the text, whose digits are ASCII, as numbers, whole dates, names and other pieces, in order."""
    found = pieces(text)
    names = _names([piece.letters for piece in found])
    result: list[Item] = []
    at = 0
    while at < len(found):
        piece = found[at]
        if name := names.get(at):
            last, kind, value, joined = name
            result.append(Item(kind, value, piece.start + joined, found[last - 1].end))
            at = last
        else:
            result.append(Item(piece.kind, piece.letters, piece.start, piece.end))
            at += 1
    return result


def _names(letters: Sequence[str]) -> dict[int, tuple[int, str, str, int]]:
    """Return the longest name from each place: its end, kind, value, and the letters joined to its front."""
    from spacy.tokens import Doc

    vocab, matcher, firsts = _matcher()
    if firsts.isdisjoint(letters):  # most texts: no name begins here
        return {}
    found: dict[int, tuple[int, str, str, int]] = {}
    for span in matcher(Doc(vocab, words=list(letters)), as_spans=True):
        kind, value, joined = span.label_.split("|")
        if span.start not in found or span.end > found[span.start][0]:
            found[span.start] = (span.end, kind, value, int(joined))
    return found


_built: list[tuple[Any, Any, frozenset[str]]] = []
lexicon.on_change(_built.clear)


def _matcher() -> tuple[Any, Any, frozenset[str]]:
    """Return spaCy's vocabulary and matcher, made anew once they remember too many strings, and the names' first pieces."""
    if not _built or len(_built[0][0].strings) > _MOST_STRINGS:
        _built[:] = [_build()]
    return _built[0]


def _build() -> tuple[Any, Any, frozenset[str]]:
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

    vocab = spacy.blank("en").vocab
    matcher = PhraseMatcher(vocab)
    firsts = set()
    for label, name in _listed():
        words = [piece.letters for piece in pieces(name)]
        matcher.add(label, [Doc(vocab, words=words)])
        firsts.add(words[0])
    return vocab, matcher, frozenset(firsts)


def _listed() -> Iterator[tuple[str, str]]:
    """Yield what a name is, as the matcher's label, and the name."""
    for file in _FILES:
        for kind in lexicon.table(file):
            for value, typed in lexicon.section(file, kind).items():
                for name in typed.replace("_", "\0").split():
                    written = name.replace("\0", " ")
                    yield f"{kind}|{value}|0", written
                    if kind == "cities" and not written.isascii():
                        yield from _joined(kind, value, written)


def _joined(kind: str, value: str, name: str) -> Iterator[tuple[str, str]]:
    for front in _JOINED:
        yield f"{kind}|{value}|{len(front)}", front + name
    if name.startswith("ال"):
        yield f"{kind}|{value}|0", "لل" + name[2:]
