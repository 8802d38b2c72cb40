"""How often a word is used, from the word lists of the package wordfreq (no model, no network).

Source: Robyn Speer, wordfreq 3.0 (Apache-2.0; word lists CC BY-SA 4.0), https://github.com/rspeer/wordfreq.
"""

from collections.abc import Mapping
from typing import Final

from jawab.text import lexicon
from jawab.text.characters import fold_letters_of_each
from jawab.text.lang import Lang

# The Arabic list of a million words holds the inflected verbs of the dialects; for English and
# Persian the small list measures as well and costs a fifth of the memory.
_LIST: Final = {Lang.FA: "small", Lang.AR: "large", Lang.EN: "small"}
_LEAST: Final = 2e-7
"""Words rarer than this tell nothing."""


@lexicon.remembered
def frequencies(lang: Lang) -> Mapping[str, float]:
    """Return ``{word in folded letters: share of running words}``; read once, in some 0.3 s."""
    from wordfreq import cB_to_freq, get_frequency_list  # takes 0.3 s to import

    table: dict[str, float] = {}
    for centibels, words in enumerate(get_frequency_list(lang.value, _LIST[lang])):
        if (share := cB_to_freq(-centibels)) < _LEAST:
            break
        for word in fold_letters_of_each(words, lang=lang):
            if word and " " not in word and not word[0].isdigit():
                table[word] = table.get(word, 0.0) + share
    get_frequency_list.cache_clear()
    return table


def frequency(word: str, *, lang: Lang) -> float:
    """Return the share of running words that are this one (0 for an unknown word).

    >>> frequency("سفارش", lang=Lang.FA) > frequency("سفارشمو", lang=Lang.FA)
    True
    >>> frequency("طلب", lang=Lang.AR) > 1e-5
    True
    """
    return frequencies(lang).get(word, 0.0)
