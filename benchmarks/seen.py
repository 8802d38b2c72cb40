"""Other ways to see a message before its n-grams are counted, and other examples to learn from: what the ablation changes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from jawab.text.analysis import Analysis
from jawab.text.folding import fold
from jawab.text.lang import Lang

# Letters that Persian speaks alike; those of Arabic's dialects that are written for one another are among them.
ONE_SOUND = str.maketrans("ذظضصثحطغ", "زززسسهتق")


def as_it_is(analysis: Analysis) -> Analysis:
    """Return the message as the pipeline sees it."""
    return analysis


def unfolded(analysis: Analysis) -> Analysis:
    """Return the message as typed, in small letters: no folding, no transliteration, no second reading."""
    return replace(analysis, folded=analysis.raw.lower(), latin=False)


def read_once(analysis: Analysis) -> Analysis:
    """Return Finglish and Arabizi transliterated only, without the second reading as typed."""
    return replace(analysis, latin=False)


def not_transliterated(analysis: Analysis) -> Analysis:
    """Return Finglish and Arabizi as typed only, folded as English is."""
    if not analysis.latin or analysis.lang is Lang.EN:
        return analysis
    return replace(analysis, folded=fold(analysis.raw, lang=Lang.EN), latin=False)


def with_stems(analysis: Analysis) -> Analysis:
    """Return the message with the stems of its words behind it (hazm's for Persian, Snowball's light ones for the others)."""
    words = analysis.folded.split()
    stems = [stem for word in words if (stem := _stem(word, analysis.lang)) not in ("", word)]
    return replace(analysis, folded=" ".join([*words, *stems]))


def one_sound(analysis: Analysis) -> Analysis:
    """Return the message with letters that sound alike (ز ذ ظ ض, س ص ث, ه ح, ت ط, ق غ) in one."""
    return replace(analysis, folded=analysis.folded.translate(ONE_SOUND))


@lru_cache(maxsize=100_000)
def _stem(word: str, lang: Lang) -> str:
    return str(_stemmer(lang).stem(word))


@lru_cache(maxsize=len(Lang))
def _stemmer(lang: Lang) -> Any:
    if lang is Lang.FA:
        from hazm import Stemmer

        return Stemmer()
    from nltk.stem.snowball import SnowballStemmer  # type: ignore[import-untyped]

    return SnowballStemmer({Lang.AR: "arabic", Lang.EN: "english"}[lang])
