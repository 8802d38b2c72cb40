"""Finglish into Persian script, Arabizi into Arabic script."""

import re

from jawab.text.lang import Lang
from jawab.text.readings import candidates

__all__ = ["candidates", "to_native"]

# E-mails, addresses, numbers and codes stay; digits are letters only inside an Arabizi word.
_untouched = re.compile(
    r"\S{1,64}@\S{1,255}|(?:https?://|www\.)\S+"
    r"|[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|ir|sa|net|org)\b\S*"
    r"|#\S+|[A-Z]{1,6}-?[0-9]{2,}[A-Z0-9-]*|[0-9]{2,}\S*|[^\W_a-zA-Zâāéè'’`0-9]+"
)
_latin = re.compile(r"[a-zA-Zâāéè0-9'’`]{0,24}[a-zA-Zâāéè][a-zA-Zâāéè0-9'’`]*")
_piece = re.compile(f"({_untouched.pattern})|({_latin.pattern})")

# The Arabic article and the prepositions joined to it are typed apart in Latin letters.
_article = re.compile(r"(?<!\S)([وبك]?ال|لل)[ -]+(?=[\u0621-\u064a])(?:ال)?")


def to_native(text: str, *, lang: Lang) -> str:
    """Return the text with its Latin words in the language's own script, the best guess for each.

    E-mail addresses, web addresses, numbers and order codes stay, and so do the words the tables
    list as staying and words that are clearly English. ``Lang.EN`` returns the text unchanged.

    >>> to_native("salam sefareshe man koja", lang=Lang.FA)
    'سلام سفارش من کجا'
    >>> to_native("shlon a3ref raqam el talab", lang=Lang.AR)
    'شلون اعرف رقم الطلب'
    """
    if lang is Lang.EN:
        return text
    native = _piece.sub(lambda piece: piece[1] or _best(piece[2], lang), text)
    return _article.sub(r"\1", native) if lang is Lang.AR else native


def _best(word: str, lang: Lang) -> str:
    found = candidates(word, lang=lang)
    return found[0][0] if found else word
