"""English, Finglish or Arabizi? The evidence of words in Latin letters."""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import Final

from jawab.text import lexicon
from jawab.text.frequencies import frequencies
from jawab.text.lang import Lang
from jawab.text.misspellings import Misspellings
from jawab.text.ngrams import Spelling
from jawab.text.readings import is_listed, likelihood, stays
from jawab.text.soundings import FILES
from jawab.text.vocabulary import vocabulary

_MOST_WORDS: Final = 60
_WORD_LIMIT: Final = 6.0
_BORROWED_LIMIT: Final = 4.5
_FUNCTION_WORD: Final = 1e-3
_LISTED: Final = 2e-5
_TYPED: Final = 0.015
"""How likely a native word is typed in one of the ways its sound allows, on average."""
_MISSPELT: Final = 3e-3
"""How likely a common English word is misspelt in one particular way."""
_SPELLING: Final = 0.02

_word = re.compile(r"(?<![^\W_])[a-z0-9'’`âāéè]*[a-zâāéè][a-z0-9'’`âāéè]*(?![^\W_])")
_digit_letter = re.compile(r"(?<=[a-z])[2356789]|[2356789](?=[a-z])")
_measure = re.compile(r"\d+(?:st|nd|rd|th|am|pm|gb|kg|g|cm|mm|m|k|x|h|hr|hrs|min|days?|d)")


@dataclass(frozen=True)
class LatinEvidence:
    """``scores``: log-likelihood of each language; ``frame``: how much of a sentence it is."""

    scores: dict[Lang, float]
    frame: float


def latin_evidence(text: str) -> LatinEvidence:
    """Weigh the words in Latin letters.

    >>> scores = latin_evidence("sefaresham key mirese").scores
    >>> max(scores, key=scores.get).value
    'fa'
    >>> scores = latin_evidence("wen talabi ya jama3a").scores
    >>> max(scores, key=scores.get).value
    'ar'
    """
    words = _word.findall(text.lower())[:_MOST_WORDS]
    scores = {lang: 0.0 for lang in Lang}
    for word in words:
        for lang, score in zip(Lang, _scores(word), strict=True):
            scores[lang] += score
    functions = _function_words(Lang.EN)
    return LatinEvidence(scores, len(words) + sum(word in functions for word in words))


@lru_cache(maxsize=50_000)
def _scores(word: str) -> tuple[float, ...]:
    """Return the log-likelihoods of a word in each language, none far below the best."""
    if any(stays(word, lang=lang) for lang in (Lang.FA, Lang.AR)):
        return (0.0,) * len(Lang)
    scores = [_log_probability(word, lang) for lang in Lang]
    if _digit_letter.search(word) and not _measure.fullmatch(word):
        scores = [score + bonus for score, bonus in zip(scores, (0.0, 4.0, -3.0), strict=True)]
    if len(word) == 1:
        scores = [score / 4 for score in scores]
    best = max(scores)
    # Persian and Arabic sentences borrow English nouns, not English function words.
    borrowed = best == scores[-1] and word not in _function_words(Lang.EN)
    limit = _BORROWED_LIMIT if borrowed else _WORD_LIMIT
    return tuple(max(score - best, -limit) for score in scores)


lexicon.on_change(_scores.cache_clear)


def _log_probability(word: str, lang: Lang) -> float:
    spelling = _SPELLING * exp(_spelling(lang).log_probability(word))
    if word in _function_words(lang):
        return log(_FUNCTION_WORD)
    if lang is Lang.EN:
        plain = word.replace("'", "")
        share = max(frequencies(lang).get(plain, 0.0), _MISSPELT * _misspellings().share(plain))
        if plain in vocabulary(lang).words:
            share = max(share, _LISTED)
    else:
        share = _TYPED * exp(likelihood(word, lang=lang))
        if is_listed(word, lang=lang):
            share = max(share, _LISTED)
    return log(share + spelling + 1e-12)


@lexicon.remembered
def _function_words(lang: Lang) -> frozenset[str]:
    part = "en" if lang is Lang.EN else f"{lang.value}_latin"
    return frozenset(lexicon.words("function_words", part))


@lexicon.remembered
def _listed(lang: Lang) -> frozenset[str]:
    return frozenset(lexicon.spellings(FILES[lang], "words"))


@lexicon.remembered
def _misspellings() -> Misspellings:
    return Misspellings(
        {word: share for word, share in frequencies(Lang.EN).items() if word.isalpha()}
    )


@lexicon.remembered
def _spelling(lang: Lang) -> Spelling:
    if lang is Lang.EN:
        return Spelling(
            {word: share for word, share in frequencies(lang).items() if word.isascii()}
        )
    words = _listed(lang) | _function_words(lang)
    return Spelling(dict.fromkeys(words, 1.0 / len(words)))
