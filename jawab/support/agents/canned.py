"""Ready answers of agents: data/dialogue/canned.yml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jawab.knowledge import InvalidKnowledge, Problem, Shop, Texts, shapes, yaml_file
from jawab.knowledge.errors import Unfillable
from jawab.knowledge.rendering import Occasion, render
from jawab.knowledge.report import Place, Report
from jawab.text.language import Lang

FILE = "data/dialogue/canned.yml"


@dataclass(frozen=True)
class Canned:
    """A ready answer: its title for agents, its text for shoppers with places to fill. No shops named: for all."""

    id: str
    title: Texts
    text: Texts
    shops: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ready:
    """A ready answer as it can be sent."""

    id: str
    title: str
    text: str


def ready(
    canned: tuple[Canned, ...],
    shop: Shop,
    *,
    spoken: Lang,
    read: Lang,
    agent: str,
    now: datetime,
) -> tuple[Ready, ...]:
    """The answers of this shop, filled in the shopper's language, under titles in the language the agent reads.

    One that needs a fact which the shop's profile lacks is left out.
    """
    on = Occasion(shop, spoken, now)
    found = []
    for one in canned:
        if one.shops and shop.id not in one.shops:
            continue
        try:
            text = render(one.text[spoken], on, {"agent": agent})
        except Unfillable:
            continue
        found.append(Ready(one.id, one.title[read], text))
    return tuple(found)


def load(root: Path) -> tuple[Canned, ...]:
    """Read the answers below `root`, none when there is no file; raises InvalidKnowledge with everything wrong."""
    canned, found = read(root)
    if found:
        raise InvalidKnowledge(found)
    return canned


def read(root: Path) -> tuple[tuple[Canned, ...], tuple[Problem, ...]]:
    """The answers as far as they could be read, and what is wrong with the file."""
    report = Report(FILE)
    if not (root / FILE).exists():
        return (), ()
    content = yaml_file.read(root / FILE, report)
    found = () if content is None else _all(content, report)
    return found, tuple(report.problems)


def _all(content: object, report: Report) -> tuple[Canned, ...]:
    place = report.about(None)
    table = shapes.mapping(content, "its content", place)
    if table is None or not shapes.keys(table, "", place, required=("canned",)):
        return ()
    entries: Mapping[str, object] = shapes.mapping(table["canned"], "canned", place) or {}
    found = [_one(id, entry, report.about(id)) for id, entry in entries.items()]
    return tuple(one for one in found if one is not None)


def _one(id: str, value: object, place: Place) -> Canned | None:
    table = shapes.mapping(value, "its content", place)
    if table is None or shapes.identifier(id, "id", place) is None:
        return None
    if not shapes.keys(table, "", place, required=("title", "text"), optional=("shops",)):
        return None
    title = shapes.texts(table["title"], "title", place)
    text = shapes.templates(table["text"], "text", place)
    shops = shapes.given(shapes.identifiers, table, "shops", place) or ()
    return Canned(id, title, text, shops) if title and text else None
