"""Folding of words: emphasis, parts of one word typed apart, colloquial and dialect forms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from jawab.text import lexicon
from jawab.text.characters import fold_letters
from jawab.text.frequencies import frequency
from jawab.text.lang import Lang
from jawab.text.vocabulary import vocabulary

_LONGEST_WORD: Final = 40
_MOST_RUNS: Final = 3
_MOST_ROUNDS: Final = 6

_emphasis = re.compile(r"([^\W\d_])\1{2,}")
_persian = re.compile(r"[\u0620-\u06ff]+")


@dataclass(frozen=True)
class _Parts:
    """Parts of Persian words that are typed apart."""

    prefixes: frozenset[str]
    suffixes: frozenset[str]
    after_heh: frozenset[str]
    after_a_word: Mapping[str, str]


def settle(words: list[str], *, lang: Lang) -> list[str]:
    """Return the words in the form they are compared by; settling twice changes nothing.

    >>> settle(["می", "خوام", "کتاب", "ها"], lang=Lang.FA)
    ['میخواهم', 'کتابها']
    >>> settle(["وين", "طلبييييي"], lang=Lang.AR)
    ['اين', 'طلبي']
    """
    for _ in range(_MOST_ROUNDS):
        before = words
        if lang is Lang.FA:
            words = joined(words)
        words = [part for word in words for part in _settled(word, lang).split()]
        words = _phrased(words, lang)
        if words == before:
            break
    return words


def _settled(word: str, lang: Lang) -> str:
    if len(word) > _LONGEST_WORD:
        return _emphasis.sub(r"\1", word)
    return _short_word(word, lang)


@lru_cache(maxsize=50_000)
def _short_word(word: str, lang: Lang) -> str:
    word = _calm(word, lang)
    table = vocabulary(lang).words
    if word in table:
        return table[word]
    if lang is Lang.AR and word[0] in "وف" and (kept := table.get(word[1:])) and len(word) > 3:
        return word[0] + kept
    return word


lexicon.on_change(_short_word.cache_clear)


def _calm(word: str, lang: Lang) -> str:
    """Shorten letters repeated for emphasis to one, or to two where that makes a commoner word.

    A letter typed three times or more is emphasis in all three languages: سلاممم, pleeease.
    """
    runs = [(found.start(), found.end()) for found in _emphasis.finditer(word)]
    if not runs:
        return word
    if len(runs) > _MOST_RUNS:
        return _emphasis.sub(r"\1", word)
    spellings = []
    for lengths in product((1, 2), repeat=len(runs)):
        parts, at = [], 0
        for (start, end), length in zip(runs, lengths, strict=True):
            parts += [word[at:start], word[start] * length]
            at = end
        spellings.append("".join(parts) + word[at:])
    return max(spellings, key=lambda spelling: frequency(spelling, lang=lang))


def joined(words: list[str]) -> list[str]:
    """Join the parts of Persian words that are typed apart: می خواهم, کتاب ها, رفته ام."""
    parts = _parts()
    joined: list[str] = []
    waiting = ""
    for word in words:
        if not _persian.fullmatch(word):
            if waiting:
                joined.append(waiting)
                waiting = ""
            joined.append(word)
        elif waiting:
            joined.append(waiting + word)
            waiting = ""
        elif word in parts.prefixes:
            waiting = word
        elif joined and _takes(joined[-1], word, parts):
            joined[-1] += word
        else:
            joined.append(parts.after_a_word.get(word, word) if joined else word)
    return [*joined, waiting] if waiting else joined


def _takes(word: str, part: str, parts: _Parts) -> bool:
    if len(word) > _LONGEST_WORD or not _persian.fullmatch(word):
        return False
    return part in parts.suffixes or (
        part in parts.after_heh and word.endswith("ه") and len(word) > 2
    )


@lexicon.remembered
def _parts() -> _Parts:
    file = "persian_joints"
    return _Parts(
        prefixes=frozenset(lexicon.words(file, "prefixes")),
        suffixes=frozenset(
            fold_letters(part, lang=Lang.FA) for part in lexicon.words(file, "suffixes")
        ),
        after_heh=frozenset(lexicon.words(file, "after_heh")),
        after_a_word=lexicon.section(file, "after_a_word"),
    )


def _phrased(words: list[str], lang: Lang) -> list[str]:
    known = vocabulary(lang)
    if known.openers.isdisjoint(words):
        return words
    kept: list[str] = []
    at = 0
    while at < len(words):
        if words[at] in known.openers:
            for length in range(min(known.longest, len(words) - at), 1, -1):
                if phrase := known.phrases.get(tuple(words[at : at + length])):
                    kept += phrase.split()
                    at += length
                    break
            else:
                kept.append(words[at])
                at += 1
        else:
            kept.append(words[at])
            at += 1
    return kept
