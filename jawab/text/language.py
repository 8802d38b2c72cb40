"""Which language a message is in, Latin-script Persian and Arabic included."""

import re
from dataclasses import dataclass
from math import exp
from typing import Final

from jawab.text.arabic_script import native_evidence
from jawab.text.lang import Lang
from jawab.text.latin_script import latin_evidence

__all__ = ["Identification", "Lang", "identify"]

LONGEST_TEXT: Final = 1_000
"""Characters that are looked at."""

_native = re.compile(r"[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_latin = re.compile(r"[A-Za-z]")
_named = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\b[A-Z]+-?[0-9][A-Z0-9-]*\b")
_surrogate = re.compile("[\ud800-\udfff]")

_PRIOR: Final = 2.0
"""What the conversation's language is worth, in natural logarithms."""
_UNSURE: Final = 4.0
_NATIVE: Final = 2.0
"""What a word in Persian or Arabic script weighs beside Latin ones: those borrow English words, seldom the other way."""


@dataclass(frozen=True)
class Identification:
    """The language of a text, whether it is typed in Latin letters although Persian or Arabic, and how sure that is."""

    lang: Lang
    latin: bool
    confidence: float


def identify(text: str, *, prior: Lang) -> Identification:
    """Return the language of the first 1,000 characters; ``prior`` decides where they hold no evidence.

    Words count by their frequency and their spelling, and letters only a little, since shoppers
    type on each other's keyboards. A mixed text has the language of its sentence frame.

    >>> identify("سفارش my order کی میرسه", prior=Lang.EN).lang.value
    'fa'
    >>> identify("3ayez arga3 el talab", prior=Lang.EN)
    Identification(lang=<Lang.AR: 'ar'>, latin=True, confidence=0.989)
    """
    text = _named.sub(" ", _surrogate.sub(" ", text[:LONGEST_TEXT]))
    native = native_evidence(text) if _native.search(text) else None
    latin = latin_evidence(text) if _latin.search(text) else None
    if native and (not latin or _NATIVE * native.frame >= latin.frame):
        scores = {Lang.FA: native.balance, Lang.AR: 0.0}
        return _decided(scores, prior, latin=False)
    if latin:
        return _decided(latin.scores, prior, latin=True)
    return Identification(prior, False, 0.0)


def _decided(scores: dict[Lang, float], prior: Lang, *, latin: bool) -> Identification:
    weighed = {lang: score + _PRIOR * (lang is prior) for lang, score in scores.items()}
    lang = max(weighed, key=lambda candidate: weighed[candidate])
    top = weighed[lang]
    rest = sum(exp(max(score - top, -50.0) / _UNSURE) for score in weighed.values())
    return Identification(lang, latin and lang is not Lang.EN, round(1.0 / rest, 3))
