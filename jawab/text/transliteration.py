"""Finglish into Persian script, Arabizi into Arabic script."""

import re
from functools import lru_cache
from typing import Final

from jawab.text import lexicon
from jawab.text.lang import Lang
from jawab.text.soundings import FILES, LONGEST_WORD, known_words, spelled

_TABLE: Final = 2.0
"""What being in the word table is worth above any word found by its sound."""

# E-mails, addresses, codes and numbers stay; digits are letters only inside an Arabizi word.
_untouched = re.compile(
    r"\S{1,64}@\S{1,255}|(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|ir|sa|net|org)\b\S*"
    r"|#\S+|[A-Z]+-?[0-9][A-Z0-9-]*|[0-9]{2,}\S*|[^\W_a-zA-Z'’`0-9]+"
)
_latin = re.compile(r"[a-zA-Zâāéè0-9'’`]*[a-zA-Zâāéè][a-zA-Zâāéè0-9'’`]*")
_piece = re.compile(f"({_untouched.pattern})|({_latin.pattern})")


def to_native(text: str, *, lang: Lang) -> str:
    """Return the text with its Latin words in the language's own script, the best guess for each.

    E-mail addresses, web addresses, numbers and order codes stay, and so do the words the tables
    list as staying. English texts (``Lang.EN``) are returned unchanged.

    >>> to_native("salam sefareshe man koja", lang=Lang.FA)
    'سلام سفارش من کجا'
    >>> to_native("shlon a3ref talabi", lang=Lang.AR)
    'شلون اعرف طلبي'
    """
    if lang is Lang.EN:
        return text
    return _piece.sub(lambda piece: piece[1] or _best(piece[2], lang), text)


def candidates(word: str, *, lang: Lang) -> tuple[tuple[str, float], ...]:
    """Return up to 12 native spellings of one Latin word with a log-likelihood, best first.

    >>> candidates("ketab", lang=Lang.FA)[0][0]
    'کتاب'
    >>> candidates("7aja", lang=Lang.AR)[0][0]
    'حاجه'
    """
    return _candidates(_plain(word), lang) if lang is not Lang.EN else ()


def _best(word: str, lang: Lang) -> str:
    found = candidates(word, lang=lang)
    return found[0][0] if found else word


def _plain(word: str) -> str:
    return re.sub("[’`]", "'", word.lower()[:LONGEST_WORD])


@lru_cache(maxsize=30_000)
def _candidates(word: str, lang: Lang) -> tuple[tuple[str, float], ...]:
    calm = re.sub(r"([a-z])\1{2,}", r"\1\1", word)
    found = known_words(calm, lang=lang)
    if listed := _listed(lang).get(word) or _listed(lang).get(re.sub(r"([a-z])\1+", r"\1", word)):
        best = max((score for _, score in found), default=-8.0)
        found = [(listed, best + _TABLE), *((kept, s) for kept, s in found if kept != listed)]
    return tuple(found) or ((spelled(calm, lang=lang), -25.0),)


lexicon.on_change(_candidates.cache_clear)


@lexicon.remembered
def _listed(lang: Lang) -> dict[str, str]:
    return lexicon.spellings(FILES[lang], "words")
