"""Which words of the native script a word in Latin letters may stand for, and how well.

A beam walks the Latin word from left to right. Each step reads one to three Latin letters as one
native letter (or as a vowel that is not written, or a native letter that is not heard), pays the
step's cost, and stays within the beginnings of known words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, log
from operator import itemgetter
from typing import Final

from jawab.text import lexicon
from jawab.text.frequencies import frequencies
from jawab.text.lang import Lang
from jawab.text.ngrams import Spelling
from jawab.text.vocabulary import vocabulary

FILES: Final = {Lang.FA: "finglish", Lang.AR: "arabizi"}
LONGEST_WORD: Final = 24

_BEAM: Final = 24
_NEVER: Final = inf
_MOST: Final = 12
_EVENED: Final = 0.5
_APART: Final = 4.0
"""The cost of reading the first of two letters that belong together by itself."""
_CHAT_WORD: Final = 3e-6
"""The share of running words given to a colloquial spelling of our tables that no list counts."""


@dataclass(frozen=True)
class Letters:
    """Steps: Latin letters → (native letters, cost), by where in the word they may be taken."""

    anywhere: Mapping[str, Sequence[tuple[str, float]]]
    first: Mapping[str, Sequence[tuple[str, float]]]
    last: Mapping[str, Sequence[tuple[str, float]]]
    longest: int
    together: frozenset[str]
    """Two Latin letters that are seldom read one by one."""
    silent: Sequence[tuple[str, float]]
    """Native letters that are written and not typed."""


@lexicon.remembered
def letters(lang: Lang) -> Letters:
    """Return the letter table of one language."""
    table = lexicon.table(FILES[lang])["letters"]
    places = {
        place: {latin: _options(row) for latin, row in table[place].items()}
        for place in ("anywhere", "first", "last")
    }
    return Letters(
        **places,
        longest=max(len(latin) for rows in places.values() for latin in rows),
        together=frozenset(table["together"].split()),
        silent=_options(table["silent"]),
    )


def _options(row: str) -> tuple[tuple[str, float], ...]:
    """Read "ت 0.2 ط 1 - 2": native letters and costs in turns; "-" writes nothing."""
    parts = row.split()
    return tuple(
        ("" if native == "-" else native, float(cost))
        for native, cost in zip(parts[::2], parts[1::2], strict=True)
    )


@lexicon.remembered
def beginnings(lang: Lang) -> Mapping[str, float]:
    """Return every beginning of a known word with the word's own share (0 for a mere beginning)."""
    known: dict[str, float] = dict(frequencies(lang))
    for word in vocabulary(lang).words:
        known.setdefault(word, _CHAT_WORD)
    found: dict[str, float] = {}
    for word, share in known.items():
        if not word.isascii():
            for end in range(1, len(word)):
                found.setdefault(word[:end], 0.0)
            found[word] = share
    return found


def known_words(latin: str, *, lang: Lang) -> list[tuple[str, float]]:
    """Return known native words with the log of their share less the cost, best first.

    >>> known_words("ketab", lang=Lang.FA)[0][0]
    'کتاب'
    >>> known_words("7aja", lang=Lang.AR)[0][0]
    'حاجه'
    """
    known = beginnings(lang)
    found = {
        native: log(known[native]) - cost
        for native, cost in _walk(latin, letters(lang), known).items()
        if known.get(native)
    }
    # The share counts less here than in the score: rare words are typed in Latin letters, too.
    return sorted(found.items(), key=lambda item: (1 - _EVENED) * log(known[item[0]]) - item[1])[
        :_MOST
    ]


def spelled(latin: str, *, lang: Lang) -> str:
    """Return the likeliest spelling of a word no list knows, by its letters alone."""
    found = _walk(latin, letters(lang), None)
    if not found:
        return latin
    looks = _looks(lang)
    return max(found, key=lambda native: (looks.log_probability(native) - found[native], native))


@lexicon.remembered
def _looks(lang: Lang) -> Spelling:
    return Spelling({word: s for word, s in frequencies(lang).items() if not word.isascii()})


def _walk(latin: str, table: Letters, known: Mapping[str, float] | None) -> dict[str, float]:
    """Return the native spellings of the whole Latin word with their costs."""
    latin = latin[:LONGEST_WORD]
    size = len(latin)
    reached: list[dict[str, float]] = [{} for _ in range(size + 1)]
    reached[0][""] = 0.0
    for at in range(size):
        beam = _narrowed(reached[at], table, known)
        if not beam:
            continue
        for length in range(1, min(table.longest, size - at) + 1):
            piece = latin[at : at + length]
            apart = _APART if length == 1 and latin[at : at + 2] in table.together else 0.0
            options = list(table.first.get(piece, ()) if at == 0 else ())
            options = options or list(table.anywhere.get(piece, ()))
            if at + length == size:
                options += table.last.get(piece, ())
            ahead = reached[at + length]
            for written, price in options:
                for native, cost in beam:
                    longer = native + written
                    if known is None or longer in known or not longer:
                        paid = cost + price + apart
                        if paid < ahead.get(longer, _NEVER):
                            ahead[longer] = paid
    return dict(_narrowed(reached[size], table, known))


def _narrowed(
    states: dict[str, float], table: Letters, known: Mapping[str, float] | None
) -> list[tuple[str, float]]:
    """Return the cheapest states, those with a letter that is written and not typed among them."""
    if known is not None:
        for native, cost in list(states.items()):
            if native:
                for silent, extra in table.silent:
                    longer = native + silent
                    if longer in known and cost + extra < states.get(longer, _NEVER):
                        states[longer] = cost + extra
    return sorted(states.items(), key=_cost)[:_BEAM]


_cost = itemgetter(1)
