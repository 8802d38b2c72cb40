"""Tables of the desk's own words: a key, and its text in three languages side by side."""

from collections.abc import Mapping

from jawab.knowledge import Texts
from jawab.text.language import Lang


def texts(fa: str, ar: str, en: str) -> Texts:
    """One text in three languages."""
    return {Lang.FA: fa, Lang.AR: ar, Lang.EN: en}


def in_language(lang: Lang, *tables: Mapping[str, Texts]) -> dict[str, str]:
    """Every word of these tables in one language; of a key that two have, the later table's.

    >>> in_language(Lang.FA, {"yes": texts("بله", "نعم", "Yes")})
    {'yes': 'بله'}
    >>> in_language(Lang.AR, {"yes": texts("بله", "نعم", "Yes")})
    {'yes': 'نعم'}
    """
    return {key: each[lang] for table in tables for key, each in table.items()}
