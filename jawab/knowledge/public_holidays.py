"""Public holidays of a country, from the maintained library `holidays`, named in three languages.

Iran's lunar holidays follow Iran's own calendar there, Saudi Arabia's the Umm al-Qura calendar;
dates that the moon has still to decide are marked as estimated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import holidays

from jawab.knowledge.phrases import holiday_names, join, phrase
from jawab.knowledge.shop import ClosingDay
from jawab.knowledge.texts import Texts, frozen
from jawab.text.language import Lang

_TWO_LETTERS = re.compile("[A-Z]{2}")
_LABEL = re.compile(r"\s*\((?:observed|estimated|observed, estimated)\)$")
_ESTIMATED = "estimated"
_BETWEEN_NAMES = "; "


def knows_country(country: str) -> bool:
    """Whether the library knows this country by its two letters, "IR" or "SA"."""
    if not _TWO_LETTERS.fullmatch(country):
        return False
    try:
        holidays.country_holidays(country)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=64)
def public_holidays(country: str, year: int) -> Mapping[date, ClosingDay]:
    """Return that Gregorian year's public holidays by date.

    Names come from our table («نوروز», «عيد الفطر», "Nowruz"); where it has none, from the library
    in that language, and else in English. A day off in place of a holiday that falls on a week-end is
    named so, and is as certain as the holiday. A day with two holidays is certain when one of them is.
    """
    marked = _from_library(country, year, Lang.EN, mark_estimates=True)
    spoken = {lang: _from_library(country, year, lang, mark_estimates=False) for lang in Lang}
    unsure = {
        _LABEL.sub("", name)
        for names in marked.values()
        for name in names.split(_BETWEEN_NAMES)
        if _ESTIMATED in name
    }
    return frozen(
        {
            day: ClosingDay(
                day,
                _names(day, spoken),
                estimated={_LABEL.sub("", n) for n in names.split(_BETWEEN_NAMES)} <= unsure,
            )
            for day, names in sorted(marked.items())
        }
    )


def _from_library(
    country: str, year: int, lang: Lang, *, mark_estimates: bool
) -> Mapping[date, str]:
    kind: Any = getattr(holidays, country)
    spoken = [code for code in kind.supported_languages if code.startswith(lang.value)]
    language = (spoken or ["en_US"])[0]
    try:
        return dict(kind(years=year, language=language, islamic_show_estimated=mark_estimates))
    except TypeError:  # a country without lunar holidays takes no such argument
        return dict(kind(years=year, language=language))


def _names(day: date, spoken: Mapping[Lang, Mapping[date, str]]) -> Texts:
    english = spoken[Lang.EN][day].split(_BETWEEN_NAMES)
    if all(_LABEL.sub("", name) in holiday_names() for name in english):
        ours = {lang: dict.fromkeys(_our_name(name, lang) for name in english) for lang in Lang}
        return frozen({lang: join(ours[lang], lang) for lang in Lang})
    return frozen({lang: join(spoken[lang][day].split(_BETWEEN_NAMES), lang) for lang in Lang})


def _our_name(english: str, lang: Lang) -> str:
    holiday = _LABEL.sub("", english)
    name = holiday_names()[holiday][lang]
    return name if holiday == english else phrase("in_lieu", lang, holiday=name)
