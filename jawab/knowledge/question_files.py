"""Reading data/faq/<topic>.yml and data/dialogue/acts.yml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jawab.knowledge import shapes
from jawab.knowledge.examples import examples
from jawab.knowledge.questions import Act, Question, Topic
from jawab.knowledge.report import Place, Report


@dataclass(frozen=True)
class TopicFile:
    """What one file gave; `ids` also names questions too broken to be read."""

    topic: Topic
    questions: tuple[Question, ...]
    ids: tuple[str, ...]


def topic_file(content: object, report: Report) -> TopicFile | None:
    """Read the content of a topic file; whatever is wrong goes to `report`. No content, no topic."""
    place = report.about(None)
    table = None if content is None else shapes.mapping(content, "its content", place)
    if table is None:
        return None
    complete = shapes.keys(
        table, "", place, required=("topic", "title", "questions"), optional=("position",)
    )
    topic = shapes.given(shapes.identifier, table, "topic", place) or ""
    title = shapes.given(shapes.texts, table, "title", place) or {}
    position = shapes.given(shapes.whole_number, table, "position", place) or 0
    ids: list[str] = []
    questions: list[Question] = []
    for id, entry in _entries(table.get("questions") or [], "questions", place):
        ids.append(id)
        if question := _question(id, entry, topic, report.about(id)):
            questions.append(question)
    if not complete:
        return None
    return TopicFile(Topic(topic, title, tuple(ids), position), tuple(questions), tuple(ids))


def acts_file(content: object, report: Report) -> tuple[Act, ...]:
    """Read the content of data/dialogue/acts.yml; whatever is wrong goes to `report`."""
    place = report.about(None)
    table = None if content is None else shapes.mapping(content, "its content", place)
    if table is None or not shapes.keys(table, "", place, required=("acts",)):
        return ()
    acts: list[Act] = []
    for id, entry in _entries(table["acts"], "acts", place):
        about = report.about(id)
        shapes.keys(entry, "", about, required=("id", "examples"))
        acts.append(Act(id, shapes.given(examples, entry, "examples", about) or ()))
    return tuple(acts)


def _entries(value: object, path: str, place: Place) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, entry in enumerate(shapes.sequence(value, path, place) or [], start=1):
        at = f"{path} no. {number}"
        table = shapes.mapping(entry, at, place)
        if table is None:
            continue
        if "id" not in table:
            place.error(f"has no id in {at}", "add its id")
        elif id := shapes.identifier(table["id"], f"the id of {at}", place):
            yield id, table


def _question(id: str, entry: dict[str, Any], topic: str, place: Place) -> Question | None:
    required = ("id", "title", "answer", "examples")
    shapes.keys(entry, "", place, required=required, optional=("related",))
    title = shapes.given(shapes.texts, entry, "title", place)
    answer = shapes.given(shapes.templates, entry, "answer", place)
    found = shapes.given(examples, entry, "examples", place) or ()
    related = shapes.given(shapes.identifiers, entry, "related", place) or ()
    if title is None or answer is None:
        return None
    return Question(id, topic, title, answer, related, found)
