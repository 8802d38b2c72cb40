"""Folding below the word: letters of both keyboards, marks, digits, invisible characters."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from jawab.text import lexicon
from jawab.text.lang import Lang

ZWNJ: Final = "\u200c"
ZWJ: Final = "\u200d"
TATWEEL: Final = "\u0640"
SOFT_HYPHEN: Final = "\u00ad"
SUPERSCRIPT_ALEF: Final = "\u0670"

_APOSTROPHES: Final = "'’‘`´ʼʻʹ"
_BETWEEN: Final = "ꙮ"  # a letter that folding leaves alone, of a single Slavonic manuscript
_CHUNK: Final = 512
_REMEMBERED: Final = 20_000

_grouping = re.compile(r"(?<=\d)[,٬،](?=\d{3}(?!\d))")
_script_to_digit = re.compile(r"(?<=[\u0620-\u06ff])(?=[0-9])|(?<=[0-9])(?=[\u0620-\u06ff])")


class _Map(dict[int, "str | int | None"]):
    """What a character becomes, worked out from its Unicode category when first met."""

    def __init__(self, lang: Lang) -> None:
        letters = lexicon.section("characters", lang.value)
        super().__init__({ord(source): target for source, target in letters.items()})
        self.update({ord(mark): None for mark in _APOSTROPHES + TATWEEL})

    def __missing__(self, code: int) -> "str | int | None":
        found = self._of_category(code)
        if len(self) < _REMEMBERED:
            self[code] = found
        return found

    def _of_category(self, code: int) -> "str | int | None":
        character = chr(code)
        category = unicodedata.category(character)
        if category[0] == "L":
            return code
        if category == "Nd":
            return str(unicodedata.digit(character))
        if category[0] == "M" or category == "Cf":
            return None
        return " "


@lexicon.remembered
def _map(lang: Lang) -> _Map:
    return _Map(lang)


def decompose(text: str) -> str:
    """Return the compatibility decomposition (NFKD), in linear time.

    Sorting a long run of combining marks is quadratic, so long texts are decomposed piece by piece;
    the order of the marks may differ at a seam.
    """
    if text.isascii():
        return text
    if len(text) <= _CHUNK:
        return unicodedata.normalize("NFKD", text)
    return "".join(
        unicodedata.normalize("NFKD", text[at : at + _CHUNK]) for at in range(0, len(text), _CHUNK)
    )


def ascii_digits(text: str) -> str:
    """Return the text with each decimal digit of any script as 0–9, length unchanged.

    >>> ascii_digits("۱۲۳ و ٤٥٦")
    '123 و 456'
    """
    if text.isascii():
        return text
    return re.sub(r"\d", lambda digit: str(unicodedata.digit(digit[0])), text)


def fold_letters(text: str, *, lang: Lang) -> str:
    """Return words of comparable letters and digits with single blanks between them.

    Marks (harakat, accents), tatweel and invisible characters vanish, punctuation and emoji
    become blanks, presentation forms and both keyboards' letters become one.

    >>> fold_letters("كتابِ ۱۲", lang=Lang.FA)
    'کتاب 12'
    >>> fold_letters("إلى المكتبةِ", lang=Lang.AR)
    'الي المكتبه'
    """
    return " ".join(_folded(text, lang).split())


def fold_letters_of_each(words: Sequence[str], *, lang: Lang) -> list[str]:
    """Return what :func:`fold_letters` makes of each word, in a fraction of the time; no word holds the letter ``ꙮ``.

    >>> fold_letters_of_each(["كتابِ", "۱۲"], lang=Lang.FA)
    ['کتاب', '12']
    """
    folded = _folded(f" {_BETWEEN} ".join(words), lang)
    return [" ".join(word.split()) for word in folded.split(_BETWEEN)] if words else []


def _folded(text: str, lang: Lang) -> str:
    text = _grouping.sub("", text)
    text = decompose(decompose(text).casefold()).translate(_map(lang))
    return text if text.isascii() else _script_to_digit.sub(" ", text)
