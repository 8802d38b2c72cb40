"""The native spellings one Latin word may stand for: from the word table, by sound, in parts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import log
from typing import Final

from jawab.text import lexicon
from jawab.text.frequencies import frequency
from jawab.text.lang import Lang
from jawab.text.soundings import FILES, LONGEST_WORD, known_words, spelled

Reading = tuple[str, float]
"""A native spelling and its log-likelihood."""

_LISTED: Final = 2.0
"""What standing in the word table is worth above any word found by its sound."""
_LEAST: Final = -8.0
_PART: Final = 2.0
"""What each beginning or ending taken off costs."""
_UNKNOWN: Final = -25.0
_MOST: Final = 12
_SHORTEST_STEM: Final = 3
_ENGLISH: Final = 2e-6
_CLEARLY: Final = 3.0

_emphasis = re.compile(r"([a-z])\1{2,}")
_doubled = re.compile(r"([a-z])\1+")


def candidates(word: str, *, lang: Lang) -> tuple[Reading, ...]:
    """Return up to 12 native spellings of one Latin word with a log-likelihood, best first.

    A word the tables list as staying, and one that is clearly English, is its own only reading.

    >>> candidates("ketab", lang=Lang.FA)[0][0]
    'کتاب'
    >>> candidates("7aja", lang=Lang.AR)[0][0]
    'حاجة'
    """
    if lang is Lang.EN:
        return ()
    return _candidates(re.sub("[’`]", "'", word.lower()[:LONGEST_WORD]), lang)


def is_listed(word: str, *, lang: Lang) -> bool:
    """Tell whether the word table of a language holds a Latin spelling."""
    return word in _tables(lang).words


def stays(word: str, *, lang: Lang) -> bool:
    """Tell whether a Latin word is listed as staying as it is, a brand or an abbreviation."""
    return word in _tables(lang).stays


@lru_cache(maxsize=30_000)
def likelihood(word: str, *, lang: Lang) -> float:
    """Return the log-likelihood of the best known word, inflected or not, this sounds like, or -25.

    >>> likelihood("ketab", lang=Lang.FA) > likelihood("order", lang=Lang.FA)
    True
    >>> likelihood("talab", lang=Lang.AR) > likelihood("order", lang=Lang.AR)
    True
    """
    word = _emphasis.sub(r"\1\1", word[:LONGEST_WORD])
    found = _whole(word, lang) or _composed(word, lang)
    return found[0][1] if found else _UNKNOWN


@lru_cache(maxsize=30_000)
def _candidates(word: str, lang: Lang) -> tuple[Reading, ...]:
    if stays(word, lang=lang):
        return ((word, _UNKNOWN),)
    word = _emphasis.sub(r"\1\1", word)
    found = _whole(word, lang)
    if not is_listed(word, lang=lang) and _is_english(word, found):
        return ((word, _UNKNOWN),)
    return found or _composed(word, lang) or ((spelled(word, lang=lang), _UNKNOWN),)


lexicon.on_change(_candidates.cache_clear)
lexicon.on_change(likelihood.cache_clear)


def _is_english(word: str, found: tuple[Reading, ...]) -> bool:
    share = frequency(word, lang=Lang.EN)
    if share < _ENGLISH or len(word) < 3:
        return False
    return not found or log(share) - found[0][1] > _CLEARLY


def _whole(word: str, lang: Lang) -> tuple[Reading, ...]:
    found = known_words(word, lang=lang)
    words = _tables(lang).words
    listed = words.get(word, words.get(_doubled.sub(r"\1", word)))
    if listed is not None:
        best = max((score for _, score in found), default=_LEAST)
        found = [(listed, best + _LISTED), *(other for other in found if other[0] != listed)]
    return tuple(found)


def _composed(word: str, lang: Lang) -> tuple[Reading, ...]:
    """Read a word no list holds as a known word between a beginning and an ending."""
    tables = _tables(lang)
    firsts = [first for first in tables.beginnings if word.startswith(first)]
    lasts = [last for last in tables.endings if word.endswith(last)]
    found: dict[str, float] = {}
    for first, last in product(firsts, lasts):
        stem = word[len(first) : len(word) - len(last)]
        if len(stem) < _SHORTEST_STEM or stem == word:
            continue
        price = _PART * (bool(first) + bool(last))
        for native, score in _whole(stem, lang)[:2]:
            composed = tables.beginnings[first] + native + tables.endings[last]
            found[composed] = max(found.get(composed, _UNKNOWN), score - price)
    return tuple(sorted(found.items(), key=lambda item: -item[1])[:_MOST])


@dataclass(frozen=True)
class _Tables:
    """The word table of a language, and what may stand before and behind a known word."""

    words: Mapping[str, str]
    stays: frozenset[str]
    beginnings: Mapping[str, str]
    endings: Mapping[str, str]


@lexicon.remembered
def _tables(lang: Lang) -> _Tables:
    file = FILES[lang]
    return _Tables(
        words=lexicon.spellings(file, "words"),
        stays=frozenset(lexicon.words(file, "stays")),
        beginnings={"": "", **lexicon.spellings(file, "beginnings")},
        endings={"": "", **lexicon.spellings(file, "endings")},
    )
