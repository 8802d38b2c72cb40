"""Persian or Arabic? The evidence of words in Arabic script, whichever keyboard typed them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import Final

from jawab.text import lexicon
from jawab.text.characters import fold_letters
from jawab.text.frequencies import frequencies
from jawab.text.lang import Lang
from jawab.text.ngrams import Spelling
from jawab.text.vocabulary import vocabulary

_MOST_WORDS: Final = 80
_WORD_LIMIT: Final = 6.0
_LETTER_LIMIT: Final = 3.0
_CHAT_WORD: Final = 2e-5
_FUNCTION_WORD: Final = 1e-3
_SPELLING: Final = 0.02
"""The share of running words that no list holds."""

_UNKNOWN: Final = 0.6
"""What the spelling of a word no list holds counts."""

_emphasis = re.compile(r"(.)\1{2,}")
_doubled = re.compile(r"(.)\1")
_to_persian = str.maketrans("يك", "یک")
_gulf = str.maketrans("گچپژ", "قکبج")
_word = re.compile(r"[\u0620-\u06d3\ufb50-\ufdff\ufe70-\ufefc\u200c\u064b-\u065f]+")

# Letters one keyboard has and the other has not; both are typed in both languages.
_letter_weights: Final = (
    (re.compile("ة(?!\\w)"), -1.5),
    (re.compile("ى(?!\\w)"), -0.7),
    (re.compile("[أإ]"), -1.2),
    (re.compile("[\u064b-\u0652]"), -0.4),
    (re.compile("[يك]"), -0.25),
    (re.compile("[یک]"), 0.4),
    (re.compile("[پچژ]"), 1.0),
    (re.compile("گ"), 0.6),
    (re.compile("(?<=\\w)\u200c(?=\\w)"), 1.5),
    (re.compile("[٤٥٦]"), -0.4),
    (re.compile("[۴۵۶]"), 0.4),
)


@dataclass(frozen=True)
class NativeEvidence:
    """``balance``: log-odds of Persian against Arabic; ``frame``: how much of a sentence it is."""

    balance: float
    frame: float


def native_evidence(text: str) -> NativeEvidence:
    """Weigh the words in Arabic script.

    >>> native_evidence("سفارشم كي ميرسه").balance > 3
    True
    >>> native_evidence("وین طلبی").balance < -3
    True
    """
    words = fold_letters(" ".join(_word.findall(text)), lang=Lang.FA).split()[:_MOST_WORDS]
    balance = sum(_odds(word) for word in words)
    letters = sum(
        weight * min(len(pattern.findall(text)), 3) for pattern, weight in _letter_weights
    )
    functions = _function_words()
    frame = len(words) + sum(
        word in functions[Lang.FA] or word in functions[Lang.AR] for word in words
    )
    return NativeEvidence(balance + max(-_LETTER_LIMIT, min(_LETTER_LIMIT, letters)), frame)


@lru_cache(maxsize=50_000)
def _odds(word: str) -> float:
    """Return the log-odds of Persian against Arabic of one word in Persian letters."""
    if len(word) == 1:
        return 0.0
    word = _emphasis.sub(r"\1", word)
    known = [word in _shares(lang) for lang in (Lang.FA, Lang.AR)]
    if not any(known) and (calmer := _doubled.sub(r"\1", word)) != word:
        word = calmer
        known = [word in _shares(lang) for lang in (Lang.FA, Lang.AR)]
    persian = _probability(word, Lang.FA)
    arabic = max(_probability(word, Lang.AR), _probability(word.translate(_gulf), Lang.AR) - 2.5)
    odds = max(-_WORD_LIMIT, min(_WORD_LIMIT, persian - arabic))
    return odds if any(known) else odds * _UNKNOWN


lexicon.on_change(_odds.cache_clear)


def _probability(word: str, lang: Lang) -> float:
    spelling = exp(_spelling(lang).log_probability(word))
    return log(_shares(lang).get(word, 0.0) + _SPELLING * spelling + 1e-30)


@lexicon.remembered
def _function_words() -> dict[Lang, frozenset[str]]:
    return {
        lang: frozenset(
            fold_letters(word, lang=Lang.FA).replace(" ", "")
            for word in lexicon.words("function_words", lang.value)
        )
        for lang in (Lang.FA, Lang.AR)
    }


@lexicon.remembered
def _shares(lang: Lang) -> dict[str, float]:
    """Return the shares of words in Persian letters, with the words of our tables among them."""
    shares: dict[str, float] = {}
    for word, share in frequencies(lang).items():
        word = word.translate(_to_persian)
        shares[word] = shares.get(word, 0.0) + share
    for word in vocabulary(lang).words:
        word = word.translate(_to_persian)
        shares[word] = max(shares.get(word, 0.0), _CHAT_WORD)
    functions = _function_words()
    for word in functions[lang]:
        shares[word] = max(shares.get(word, 0.0), _FUNCTION_WORD)
    return shares


@lexicon.remembered
def _spelling(lang: Lang) -> Spelling:
    return Spelling({word: share for word, share in _shares(lang).items() if not word.isascii()})
