"""The stories of data/demo: who said and did what in a conversation, step by step."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from jawab.knowledge import InvalidKnowledge, shapes, yaml_file
from jawab.knowledge.report import Place, Report
from jawab.support.conversations.conversation import EMAIL, SITE
from jawab.text.language import Lang

FOLDER = "data/demo"
CHANNELS = (SITE, EMAIL, "telegram", "bale", "rubika", "whatsapp")
# What a step can be, and what may stand beside it.
VERBS: Mapping[str, tuple[str, ...]] = {
    "asks": ("intent", "offered", "unclear", "photo"),
    "calls": ("because", "about", "photo"),
    "says": ("photo",),
    "votes": ("because", "comment"),
    "rates": ("word",),
    "leaves": (),
    "nobody": (),
    "takes": (),
    "writes": ("photo",),
    "notes": (),
    "gives": ("because",),
    "closes": (),
    "reopens": (),
    "opens": ("text", "photo"),
    "assigns": (),
    "prioritises": ("by",),
    "remarks": ("by",),
    "answers": ("by", "photo"),
    "moves": ("by",),
}
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_TIME = re.compile(r"([0-9]+)([smhd])")


@dataclass(frozen=True)
class Step:
    """One thing that happens: the verb, what stands behind it, and what stands beside it."""

    verb: str
    what: str
    beside: Mapping[str, str] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    after: timedelta | None = None


@dataclass(frozen=True)
class Story:
    """One conversation. `shopper` is a role, never a name; `undelivered` why the last message of ours never reached the app."""

    lang: Lang
    channel: str
    began: timedelta
    steps: tuple[Step, ...]
    shopper: str
    undelivered: str | None = None


def load(root: Path) -> tuple[Story, ...]:
    """Read the stories of all languages; `InvalidKnowledge` with everything that is wrong."""
    found: list[Story] = []
    reports = []
    for lang in Lang:
        report = Report(f"{FOLDER}/{lang.value}.yml")
        found.extend(_file(root, lang, report))
        reports.append(report)
    problems = tuple(problem for report in reports for problem in report.problems)
    if problems:
        raise InvalidKnowledge(problems)
    return tuple(found)


def _file(root: Path, lang: Lang, report: Report) -> list[Story]:
    place = report.about(None)
    table = shapes.mapping(yaml_file.read(root / report.file, report), "its content", place)
    if table is None or not shapes.keys(table, "", place, required=("conversations",)):
        return []
    entries = shapes.sequence(table["conversations"], "conversations", place) or []
    made = [
        _story(entry, lang, report.about(f"conversation {number}"))
        for number, entry in enumerate(entries, start=1)
    ]
    return [story for story in made if story is not None]


def _story(entry: object, lang: Lang, place: Place) -> Story | None:
    table = shapes.mapping(entry, "its content", place)
    needed = ("channel", "shopper", "began", "steps")
    if table is None or not shapes.keys(
        table, "", place, required=needed, optional=("undelivered",)
    ):
        return None
    channel = shapes.choice(table["channel"], "channel", place, CHANNELS)
    began = _time(table["began"], "began", place)
    shopper = shapes.text(table["shopper"], "shopper", place)
    steps = [_step(one, place) for one in shapes.sequence(table["steps"], "steps", place) or []]
    if channel is None or began is None or shopper is None:
        return None
    told = tuple(step for step in steps if step is not None)
    undelivered = shapes.given(shapes.text, table, "undelivered", place)
    return Story(lang, channel, began, told, shopper, undelivered)


def _step(value: object, place: Place) -> Step | None:
    table = shapes.mapping(value, "a step", place) or {}
    verb = next(iter(table), "")
    if shapes.choice(verb, "step", place, tuple(VERBS)) is None:
        return None
    shapes.keys(table, verb, place, required=(verb,), optional=(*VERBS[verb], "after"))
    beside = {key: str(table[key]) for key in VERBS[verb] if key in table and key != "offered"}
    offered = shapes.given(shapes.identifiers, table, "offered", place) or ()
    after = shapes.given(_time, table, "after", place)
    return Step(verb, str(table[verb]), beside, offered, after)


def _time(value: object, path: str, place: Place) -> timedelta | None:
    match = _TIME.fullmatch(str(value))
    if match is None:
        place.error(f"has '{value}' as {path}", "write a number and s, m, h or d, for example 40m")
        return None
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
