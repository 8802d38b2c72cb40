"""Which language a shopper asks for in 'speak Arabic please'."""

from __future__ import annotations

import re

from jawab.text import lexicon
from jawab.text.folding import fold
from jawab.text.language import Lang

ZWNJ = "\u200c"

# What is written together with a name: «به‌عربی», «وبالعربية», «للفارسية», "bel3arabi"; «فارسیه», «عربیش», "farsio".
_BEFORE = "(?:[وف]?(?:بال|لل|ال|ب|ل)?|b|bi|be|bl|bil|bel|lil|el|al|il)"
_AFTER = "(?:ه|ها|ش|و|رو|م|e|ye|ya|yya|yeh|yah|yyah|o|ro|sh)?"


def requested_language(text: str) -> Lang | None:
    """Return the one language that ``text`` names, or None when it names none or several.

    >>> requested_language("میشه عربی حرف بزنی؟")
    <Lang.AR: 'ar'>
    >>> requested_language("تكلم فارسي لو سمحت")
    <Lang.FA: 'fa'>
    """
    named = {lang for lang in Lang if _name_of(lang).search(_skeleton(text))}
    return next(iter(named)) if len(named) == 1 else None


@lexicon.remembered
def _name_of(lang: Lang) -> re.Pattern[str]:
    names = (re.escape(_skeleton(name)) for name in lexicon.table("language_names")[lang.value])
    return re.compile(rf"(?<!\S){_BEFORE}(?:{'|'.join(names)}){_AFTER}(?!\S)")


def _skeleton(text: str) -> str:
    # One folding for both scripts' spellings of one name, whatever the language of the sentence around it.
    return fold(text.replace(ZWNJ, " "), lang=Lang.AR)
