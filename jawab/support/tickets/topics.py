"""What a ticket can be about: the cascading list of data/dialogue/topics.yml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jawab.knowledge import InvalidKnowledge, Problem, Texts, shapes, yaml_file
from jawab.knowledge.report import Place, Report
from jawab.knowledge.texts import frozen
from jawab.support.errors import UnknownTopic
from jawab.support.tickets.ticket import Queue

FILE = "data/dialogue/topics.yml"


@dataclass(frozen=True)
class TicketTopic:
    """A topic with its subtopics' titles by id, in the order they are shown."""

    id: str
    title: Texts
    queue: Queue
    needs_order_number: bool = False
    subtopics: Mapping[str, Texts] = frozen({})
    suggested_by: tuple[str, ...] = ()
    """Questions of the FAQ, or its topics, after which a ticket is probably about this."""


@dataclass(frozen=True)
class TicketTopics:
    """All topics, in the order they are shown."""

    by_id: Mapping[str, TicketTopic]

    def __iter__(self) -> Iterator[TicketTopic]:
        return iter(self.by_id.values())

    def suggested(self, question: str, faq_topic: str) -> str | None:
        """The topic of a ticket that follows a question of the FAQ; the question's own word goes before its topic's."""
        for asked in (question, faq_topic):
            for topic in self:
                if asked in topic.suggested_by:
                    return topic.id
        return None

    def find(self, topic: str, subtopic: str | None = None) -> TicketTopic:
        """The topic with this id and this subtopic, or `UnknownTopic`."""
        found = self.by_id.get(topic)
        if found is None or (subtopic is not None and subtopic not in found.subtopics):
            raise UnknownTopic("no ticket is about this; choose from the list")
        return found


def load(root: Path) -> TicketTopics:
    """Read the topics below `root`; raises InvalidKnowledge with everything that is wrong."""
    topics, found = read(root)
    if found:
        raise InvalidKnowledge(found)
    return topics


def read(root: Path) -> tuple[TicketTopics, tuple[Problem, ...]]:
    """The topics as far as they could be read, and what is wrong with the file."""
    report = Report(FILE)
    content = yaml_file.read(root / FILE, report)
    found = {} if content is None else _topics(content, report)
    return TicketTopics(frozen(found)), tuple(report.problems)


def _topics(content: object, report: Report) -> dict[str, TicketTopic]:
    place = report.about(None)
    table = shapes.mapping(content, "its content", place)
    if table is None or not shapes.keys(table, "", place, required=("topics",)):
        return {}
    entries = shapes.mapping(table["topics"], "topics", place) or {}
    if not entries:
        place.error("has no topics", "write at least one")
    topics = {id: _topic(id, entry, report.about(id)) for id, entry in entries.items()}
    return {id: topic for id, topic in topics.items() if topic is not None}


def _topic(id: str, value: object, place: Place) -> TicketTopic | None:
    table = shapes.mapping(value, "its content", place)
    if table is None or shapes.identifier(id, "id", place) is None:
        return None
    optional = ("needs_order_number", "subtopics", "suggested_by")
    if not shapes.keys(table, "", place, required=("title", "queue"), optional=optional):
        return None
    title = shapes.texts(table["title"], "title", place)
    queue = shapes.choice(table["queue"], "queue", place, [each.value for each in Queue])
    needs = table.get("needs_order_number", False)
    if not isinstance(needs, bool):
        place.error(f"has {shapes.kind(needs)} as needs_order_number", "write true or false")
        return None
    if title is None or queue is None:
        return None
    suggested_by = shapes.given(shapes.identifiers, table, "suggested_by", place) or ()
    return TicketTopic(id, title, Queue(queue), needs, _subtopics(table, place), suggested_by)


def _subtopics(table: Mapping[str, object], place: Place) -> Mapping[str, Texts]:
    entries = shapes.given(shapes.mapping, table, "subtopics", place) or {}
    found = {
        id: shapes.texts(texts, f"subtopics.{id}", place)
        for id, texts in entries.items()
        if shapes.identifier(id, "subtopics", place)
    }
    return frozen({id: texts for id, texts in found.items() if texts is not None})
