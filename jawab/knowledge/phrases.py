"""The package's own words (days, months, "open now, until …"), all three languages side by side in YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

import yaml

from jawab.knowledge.texts import Texts, frozen
from jawab.text.language import Lang

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def phrase(key: str, lang: Lang, **values: object) -> str:
    """Return one phrase, its `{values}` filled in: `phrase("open_until", Lang.FA, time="۲۳:۰۰")`."""
    text = _phrases()[key][lang]
    return text.format(**values) if values else text


def names(key: str, lang: Lang) -> tuple[str, ...]:
    """Return a list of names: `names("weekdays", Lang.AR)` begins with «الاثنين»."""
    return _names()[key][lang]


def holiday_names() -> Mapping[str, Texts]:
    """Return the names of public holidays by the English name the library gives them."""
    return _holidays()


def join(parts: Iterable[str], lang: Lang) -> str:
    """Join parts as people do: «الف، ب و ج», «أ وب», "a, b and c"."""
    *start, end = parts
    if not start:
        return end
    return phrase("comma", lang).join(start) + phrase("and", lang) + end


def digits(text: str | int, lang: Lang) -> str:
    """Write digits as the language does: «۲۳:۰۰» in Persian, "23:00" in Arabic and English."""
    return str(text).translate(_PERSIAN_DIGITS) if lang is Lang.FA else str(text)


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Texts]:
    return frozen({key: _by_language(texts) for key, texts in _table("phrases").items()})


@lru_cache(maxsize=1)
def _names() -> Mapping[str, Mapping[Lang, tuple[str, ...]]]:
    table = _table("names")
    return frozen(
        {key: frozen({lang: tuple(table[key][lang.value]) for lang in Lang}) for key in table}
    )


@lru_cache(maxsize=1)
def _holidays() -> Mapping[str, Texts]:
    return frozen({name: _by_language(texts) for name, texts in _table("holidays").items()})


def _by_language(texts: Mapping[str, str]) -> Texts:
    return frozen({lang: texts[lang.value] for lang in Lang})


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = files("jawab.knowledge").joinpath("phrases.yml").read_text(encoding="utf-8")
    tables: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load(text)
    return tables


def _table(name: str) -> Mapping[str, Mapping[str, str]]:
    return _tables()[name]
