"""What the page of figures shows: plots, tables with the numbers as people write them, and the sums above them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from jawab.desk.channel_words import channel_name
from jawab.desk.moments import moment
from jawab.desk.owner import plots
from jawab.desk.owner.figures_words import FIGURES_WORDS
from jawab.desk.owner.period import Period
from jawab.desk.owner.plots import Bar
from jawab.desk.owner.sheets import SHEETS, by_channel, by_day, by_hour, share, sheet
from jawab.desk.rendering import NATIVE_NAMES
from jawab.desk.word_tables import in_language
from jawab.knowledge import Knowledge, Shop
from jawab.knowledge.dates import write
from jawab.knowledge.phrases import digits
from jawab.support.figures.figures import Fate, Figures
from jawab.text.language import Lang

_LONGEST_NAME = 44
_MINUTE, _HOUR = 60, 3600
_COLUMNS = {"times": 5}  # kept, judged and share stand in one cell
_PLOTTED = ("fates", "days", "hours", "languages", "channels", "stars", "questions")


def shown(
    figures: Figures, period: Period, knowledge: Knowledge, shop: Shop, lang: Lang
) -> dict[str, Any]:
    """The values of the template; days are written in the shop's calendar."""
    word = in_language(lang, FIGURES_WORDS)
    sheets = {id: sheet(id, figures, period, knowledge, lang) for id in SHEETS}
    return {
        "figures": figures,
        "told_period": " – ".join(
            dict.fromkeys(write(day, shop.calendar, lang) for day in (period.first, period.last))
        ),
        "sums": [
            (word[name], digits(getattr(figures, name), lang))
            for name in ("conversations", "silent", "tickets", "solved", "reopened", "turns")
        ],
        "troubles": [
            (word[name], _part(getattr(figures, name), figures.turns, lang))
            for name in ("misunderstood", "offered", "apologised")
        ],
        "asked_stars": _stars(figures, word, lang),
        "fates": [fate.value for fate in Fate],
        "plots": {
            id: plot for id in _PLOTTED if (plot := _plot(id, figures, period, sheets, shop, lang))
        },
        "tables": {
            id: {
                "columns": [_column(name, word) for name in each.columns[: _COLUMNS.get(id)]],
                "rows": [_row(id, row, shop, knowledge, lang) for row in each.rows],
            }
            for id, each in sheets.items()
        },
    }


def _plot(id: str, figures: Figures, period: Period, sheets: Any, shop: Shop, lang: Lang) -> Any:
    word = in_language(lang, FIGURES_WORDS)
    rtl = lang is not Lang.EN
    rows = sheets[id].rows
    if not (sum(figures.stars.values()) if id == "stars" else figures.conversations):
        return None
    match id:
        case "fates":
            bars = [
                Bar(name, number, _part(number, figures.conversations, lang), fate.value)
                for fate, (name, number, _) in zip(Fate, rows, strict=True)
            ]
            return plots.bars(id, word["fates"], word["fates_desc"], bars, rtl=rtl)
        case "days":
            each = [
                (write(day, shop.calendar, lang, year=False), counted)
                for day, counted in by_day(figures, period)
            ]
            return _stacked(id, word["by_day"], word["by_day_desc"], each, lang)
        case "hours":
            hours = [
                (digits(hour, lang), {"plain": number}) for hour, number in by_hour(figures, period)
            ]
            top = digits(max(stack["plain"] for _, stack in hours), lang)
            text = (word["by_hour"], word["by_hour_desc"])
            return plots.columns(id, *text, hours, rtl=rtl, top=top)
        case "languages":
            each = [
                (
                    NATIVE_NAMES[one],
                    {fate: figures.fates_by_lang.get((one, fate), 0) for fate in Fate},
                )
                for one in Lang
            ]
            return _stacked(id, word["by_lang"], word["by_lang_desc"], each, lang)
        case "channels":
            each = [(channel_name(one, lang), counted) for one, counted in by_channel(figures)]
            return _stacked(id, word["by_channel"], word["by_channel_desc"], each, lang)
        case "stars":
            bars = [Bar(digits(stars, lang) + " ★", n, digits(n, lang)) for stars, n in rows]
            return plots.bars(id, word["satisfaction"], word["satisfaction_desc"], bars, rtl=rtl)
    bars = [Bar(_short(name), number, digits(number, lang)) for name, number in rows[:10]]
    return bars and plots.bars(id, word["questions"], word["questions_desc"], bars, rtl=rtl)


def _stacked(
    id: str,
    title: str,
    description: str,
    each: Sequence[tuple[str, Mapping[Fate, int]]],
    lang: Lang,
) -> Any:
    """A column each, made of how its conversations went."""
    top = digits(max(sum(counted.values()) for _, counted in each), lang)
    stacks = [
        (name, {fate.value: number for fate, number in counted.items()}) for name, counted in each
    ]
    return plots.columns(id, title, description, stacks, rtl=lang is not Lang.EN, top=top)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _column(name: str, word: dict[str, str]) -> str:
    """The unit stands in the page's cells, not above them as in a file."""
    return name.removesuffix(word["seconds_column"]).strip()


def _row(id: str, row: tuple[Any, ...], shop: Shop, knowledge: Knowledge, lang: Lang) -> list[str]:
    if id == "unknown":
        at, where, words = row
        place = knowledge.shops.get(where)
        return [moment(at, shop, lang), place.name[lang] if place else where, words]
    cells = [_cell(value, shop, lang) for value in row]
    if id == "times":
        _, judged, part = row[4:]
        told = FIGURES_WORDS["kept_of"][lang].format(kept=cells[4], judged=cells[5])
        cells[2:] = [
            *(_duration(value, lang) for value in row[2:4]),
            f"{told} ({_percent(part, lang)})" if judged else "–",
        ]
    if id == "fates":
        cells[-1] = _percent(row[-1], lang)
    return cells


def _cell(value: Any, shop: Shop, lang: Lang) -> str:
    if value is None:
        return "–"
    if isinstance(value, date) and not isinstance(value, datetime):
        return write(value, shop.calendar, lang)
    return value if isinstance(value, str) else digits(str(value), lang)


def _duration(seconds: float | None, lang: Lang) -> str:
    if seconds is None:
        return "–"
    if seconds < _MINUTE:
        unit, number = "seconds", f"{seconds:.0f}"
    elif seconds < 2 * _HOUR:
        unit, number = "minutes", f"{seconds / _MINUTE:.0f}"
    else:
        unit, number = "hours", f"{seconds / _HOUR:.1f}".removesuffix(".0")
    return FIGURES_WORDS[unit][lang].format(number=_decimal(number, lang))


def _percent(part: float | None, lang: Lang) -> str:
    if part is None:
        return "–"
    number = digits(round(100 * part), lang)
    return f"{number}٪" if lang is Lang.FA else f"{number}%"


def _part(number: int, whole: int, lang: Lang) -> str:
    """«۱۲ (۳۴٪)»."""
    part = share(number, whole)
    written = digits(number, lang)
    return written if part is None else f"{written} ({_percent(part, lang)})"


def _stars(figures: Figures, word: dict[str, str], lang: Lang) -> list[tuple[str, str]]:
    given = sum(figures.stars.values())
    if not given:
        return [(word["asked"], digits(figures.asked, lang))]
    mean = sum(stars * number for stars, number in figures.stars.items()) / given
    return [
        (word["asked"], digits(figures.asked, lang)),
        (word["rated"], _part(given, figures.asked, lang)),
        (word["average"], _decimal(f"{mean:.1f}", lang)),
    ]


def _decimal(number: str, lang: Lang) -> str:
    written = digits(number, lang)
    return written.replace(".", "٫") if lang is Lang.FA else written
