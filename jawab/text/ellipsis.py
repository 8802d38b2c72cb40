"""Short questions that leave their topic unsaid: «چقدر طول می‌کشه؟», «وكم تكلف؟», "how much is it?"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jawab.text import lexicon
from jawab.text.analysis import Analysis
from jawab.text.errors import LexiconError
from jawab.text.folding import fold
from jawab.text.lang import Lang

LONGEST: Final = 10
"""Words of a question that leaves something unsaid."""

_EMPTY: Final = "empty"


def sides(analysis: Analysis) -> frozenset[str] | None:
    """Return the sides of an unsaid topic that a message asks for, none when its words leave that open.

    None for a message that names something: it stands by itself, and so does one without words.

    >>> sides(analyze("و چقدر طول می‌کشه؟", prior=Lang.FA))
    frozenset({'time'})
    >>> sides(analyze("وكم تكلف؟", prior=Lang.AR))
    frozenset({'cost'})
    >>> sides(analyze("کد تخفیف چقدر طول می‌کشه؟", prior=Lang.FA)) is None
    True
    """
    words = analysis.folded.split()
    if not 1 <= len(words) <= LONGEST:
        return None
    table = _table(analysis.lang)
    found: set[str] = set()
    hinted: set[str] = set()
    at = 0
    while at < len(words):
        length, meant = _longest(words, at, table, analysis.lang)
        if not length:
            return None
        if _EMPTY in meant:
            hinted |= meant - {_EMPTY}
        else:
            found |= meant
        at += length
    return frozenset(found or hinted)


def _longest(words: list[str], at: int, table: "_Table", lang: Lang) -> tuple[int, frozenset[str]]:
    """Return how many words from ``at`` on the longest known phrase has, and what it asks for; 0 for none."""
    for length in range(min(table.longest, len(words) - at), 0, -1):
        phrase = " ".join(words[at : at + length])
        meant = table.phrases.get(phrase)
        if meant is None and lang is Lang.AR and phrase[0] in "وف":
            # The Arabic "and" is written together with the word behind it.
            meant = table.phrases.get(phrase[1:])
        if meant is not None:
            return length, meant
    return 0, frozenset()


@dataclass(frozen=True)
class _Table:
    phrases: Mapping[str, frozenset[str]]
    longest: int


@lexicon.remembered
def _table(lang: Lang) -> _Table:
    rows = lexicon.table("followups").get(lang.value)
    if not isinstance(rows, dict) or _EMPTY not in rows:
        raise LexiconError(f"followups.yml: {lang.value} has no words {_EMPTY!r}; add them")
    phrases: dict[str, frozenset[str]] = {}
    for side, listed in rows.items():
        for typed in listed.split():
            phrase = fold(typed.replace("_", " "), lang=lang)
            phrases[phrase] = phrases.get(phrase, frozenset()) | {side}
    return _Table(phrases, max(phrase.count(" ") + 1 for phrase in phrases))
