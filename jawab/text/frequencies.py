"""How often a word is used, from the word lists of the package wordfreq (no model, no network).

Source: Robyn Speer, wordfreq 3.0 (Apache-2.0; word lists CC BY-SA 4.0), https://github.com/rspeer/wordfreq.
"""

from collections.abc import Mapping
from typing import Final

from jawab.text import lexicon
from jawab.text.characters import fold_letters
from jawab.text.lang import Lang

# Words a text of that language holds a million times less often than this tell nothing.
_LEAST: Final = {Lang.FA: 0.0, Lang.AR: 2e-7, Lang.EN: 1e-7}


@lexicon.remembered
def frequencies(lang: Lang) -> Mapping[str, float]:
    """Return ``{word in folded letters: share of running words}``; read once, in about 0.3 s."""
    from wordfreq import get_frequency_dict  # imports 20 modules: only when wanted

    table: dict[str, float] = {}
    for word, share in get_frequency_dict(lang.value, "best").items():
        if share < _LEAST[lang]:
            break
        if not (word := fold_letters(word, lang=lang)) or " " in word or word[0].isdigit():
            continue
        table[word] = table.get(word, 0.0) + share
    return table


def frequency(word: str, *, lang: Lang) -> float:
    """Return the share of running words that are this one (0 for an unknown word).

    >>> frequency("سفارش", lang=Lang.FA) > frequency("سفارشمو", lang=Lang.FA)
    True
    >>> frequency("طلب", lang=Lang.AR) > 1e-5
    True
    """
    return frequencies(lang).get(word, 0.0)
