"""The figures as tables: what stands behind each plot, and what is exported."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from jawab.desk.channel_words import channel_name
from jawab.desk.owner.figures_words import FIGURES_WORDS
from jawab.desk.owner.period import Period
from jawab.desk.rendering import NATIVE_NAMES
from jawab.desk.word_tables import in_language
from jawab.knowledge import Knowledge
from jawab.support.conversations.conversation import SITE
from jawab.support.figures.figures import Fate, Figures, Spread
from jawab.text.language import Lang

SHEETS = (
    "fates",
    "days",
    "hours",
    "languages",
    "channels",
    "times",
    "stars",
    "questions",
    "unknown",
)
_QUARTER = timedelta(minutes=15)
_BEGINNING = datetime(1970, 1, 1, tzinfo=timezone.utc)
_HOURS = 24


@dataclass(frozen=True)
class Sheet:
    """One table: the names of its columns, and rows of texts, numbers, days, moments, and None for what is not known."""

    id: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def sheet(id: str, figures: Figures, period: Period, knowledge: Knowledge, lang: Lang) -> Sheet:
    """One of `SHEETS`, with its words in a language."""
    word = in_language(lang, FIGURES_WORDS)
    fates = tuple(word[f"fate_{fate.value}"] for fate in Fate)
    number = word["conversations"]
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    match id:
        case "fates":
            columns = (word["fate"], number, word["share"])
            rows = [
                (
                    fates[place],
                    figures.fates[fate],
                    share(figures.fates[fate], figures.conversations),
                )
                for place, fate in enumerate(Fate)
            ]
        case "days":
            columns = (word["day"], number, *fates)
            rows = [_line(day, counted) for day, counted in by_day(figures, period)]
        case "hours":
            columns = (word["hour"], number)
            rows = list(by_hour(figures, period))
        case "languages":
            columns = (word["lang"], number, *fates)
            rows = [
                _line(
                    NATIVE_NAMES[each], {f: figures.fates_by_lang.get((each, f), 0) for f in Fate}
                )
                for each in Lang
            ]
        case "channels":
            columns = (word["channel"], number, *fates)
            rows = [
                _line(channel_name(each, lang), counted) for each, counted in by_channel(figures)
            ]
        case "times":
            seconds = word["seconds_column"]
            columns = (
                word["time"],
                word["count"],
                f"{word['median']} {seconds}",
                f"{word['ninety']} {seconds}",
                word["kept"],
                word["judged"],
                word["share"],
            )
            spreads = ("first_answer", "solution", "chat")
            rows = [_spread(word[name], getattr(figures, name)) for name in spreads]
        case "stars":
            columns = (word["stars"], word["count"])
            rows = sorted(figures.stars.items(), reverse=True)
        case "questions":
            columns = (word["question"], word["count"])
            rows = [(_title(knowledge, id, lang), times) for id, times in figures.questions]
        case _:
            columns = (word["when"], word["shop"], word["text"])
            rows = figures.unknown
    return Sheet(id, columns, tuple(rows))


def share(part: int, whole: int) -> float | None:
    """A part of a whole, None of nothing."""
    return round(part / whole, 4) if whole else None


def by_day(figures: Figures, period: Period) -> list[tuple[date, dict[Fate, int]]]:
    """The fates of each day of the period, days without any included."""
    counted = Counter[tuple[date, Fate]]()
    for (quarter, fate), number in figures.fates_by_quarter.items():
        counted[_local(quarter, period).date(), fate] += number
    return [(day, {fate: counted[day, fate] for fate in Fate}) for day in period.dates]


def by_channel(figures: Figures) -> list[tuple[str, dict[Fate, int]]]:
    """The fates by the way conversations came: the site, and each app that any came by."""
    came = {channel for channel, _ in figures.fates_by_channel}
    return [
        (each, {fate: figures.fates_by_channel.get((each, fate), 0) for fate in Fate})
        for each in (SITE, *sorted(came - {SITE}))
    ]


def by_hour(figures: Figures, period: Period) -> list[tuple[int, int]]:
    """How many conversations began in each hour of the day."""
    counted = Counter[int]()
    for (quarter, _), number in figures.fates_by_quarter.items():
        counted[_local(quarter, period).hour] += number
    return [(hour, counted[hour]) for hour in range(_HOURS)]


def _local(quarter: int, period: Period) -> datetime:
    return (_BEGINNING + int(quarter) * _QUARTER).astimezone(period.zone)


def _line(first: Any, counted: dict[Fate, int]) -> tuple[Any, ...]:
    return (first, sum(counted.values()), *counted.values())


def _spread(name: str, each: Spread) -> tuple[Any, ...]:
    part = None if each.share is None else round(each.share, 4)
    return (name, each.count, each.median, each.ninety, each.kept, each.judged, part)


def _title(knowledge: Knowledge, id: str, lang: Lang) -> str:
    question = knowledge.questions.get(id)
    return question.title[lang] if question else id
