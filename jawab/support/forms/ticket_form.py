"""The ticket form: what is known of a request, what is asked next, and what a changed answer takes along. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

from jawab.support.handovers.handover import Reason
from jawab.support.tickets.topics import TicketTopics

SKIPPED = ""
"""The value of a field whose question was passed over; None is one that has not been answered."""


class Field(str, Enum):
    """What is asked, in this order."""

    TOPIC = "topic"
    SUBTOPIC = "subtopic"
    MESSAGE = "message"
    ORDER_NUMBER = "order_number"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    FILES = "files"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class TicketForm:
    """The answers so far. `guess` is the topic that is probably meant, to be confirmed by the shopper."""

    topic: str | None = None
    subtopic: str | None = None
    message: str | None = None
    order_number: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    files: tuple[str, ...] | None = None
    confirmed: bool | None = None
    guess: str | None = None
    reason: Reason = Reason.ASKED

    def value(self, field: Field) -> Any:
        """The answer to one question; None when there is none, SKIPPED when it was passed over."""
        return getattr(self, field.value)

    @property
    def begun(self) -> bool:
        """Whether the shopper has answered anything that would be lost."""
        return self.topic is not None or self.message is not None

    def applying(self, topics: TicketTopics) -> tuple[Field, ...]:
        """The questions of this form: a topic without subtopics has one less."""
        topic = topics.by_id.get(self.topic or "")
        without = set() if topic is None or topic.subtopics else {Field.SUBTOPIC}
        return tuple(field for field in Field if field not in without)

    def next_field(self, topics: TicketTopics) -> Field | None:
        """The first question without an answer; None when all is said and confirmed."""
        return next(
            (field for field in self.applying(topics) if self.value(field) in (None, False)), None
        )

    def may_skip(self, field: Field, topics: TicketTopics) -> bool:
        """Whether a question may be passed over: an order number where the topic needs none, and one of the two
        ways to answer the shopper.
        """
        if field is Field.ORDER_NUMBER:
            topic = topics.by_id.get(self.topic or "")
            return topic is None or not topic.needs_order_number
        if field is Field.PHONE:
            return self.email != SKIPPED
        if field is Field.EMAIL:
            return bool(self.phone)
        return field in (Field.SUBTOPIC, Field.FILES)

    def with_value(self, field: Field, value: Any, topics: TicketTopics) -> "TicketForm":
        """The form with an answer; whatever it makes wrong elsewhere is open again."""
        if field is Field.TOPIC and value != self.topic:
            moved = replace(self, topic=value, subtopic=None, confirmed=None)
            if moved.order_number == SKIPPED and not moved.may_skip(Field.ORDER_NUMBER, topics):
                moved = replace(moved, order_number=None)
            return moved
        changed: dict[str, Any] = {field.value: value}
        if field is not Field.CONFIRMED:
            changed["confirmed"] = None
        return replace(self, **changed)

    def without(self, field: Field) -> "TicketForm":
        """The form with one question open again."""
        changed: dict[str, Any] = {field.value: None, "confirmed": None}
        if field is Field.TOPIC:
            changed["subtopic"] = None
        return replace(self, **changed)

    def skipping(self, field: Field) -> "TicketForm":
        """The form with one question passed over."""
        value: Any = () if field is Field.FILES else SKIPPED
        return replace(self, **{field.value: value, "confirmed": None})

    def with_known(self, known: Mapping[str, Any]) -> "TicketForm":
        """The form with what is known already, where nothing was answered yet."""
        new = {
            field.value: known[field.value]
            for field in (Field.ORDER_NUMBER, Field.NAME, Field.PHONE, Field.EMAIL)
            if self.value(field) is None and isinstance(known.get(field.value), str)
        }
        return replace(self, **{name: value for name, value in new.items() if value})

    def with_earlier(self, known: Mapping[str, Any]) -> "TicketForm":
        """The form with what an earlier ticket tells of the shopper; of phone and e-mail, what was left out then is
        not asked for now.
        """
        form = self.with_known(known)
        ways = [field for field in (Field.PHONE, Field.EMAIL) if form.value(field) is None]
        return form.skipping(ways[0]) if len(ways) == 1 else form

    def with_guess(self, topic: str | None) -> "TicketForm":
        """The form with the topic that is probably meant, where none was chosen."""
        return self if topic is None or self.topic else replace(self, guess=topic)

    def as_values(self) -> dict[str, Any]:
        """The form as JSON can hold it, every field named."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            **values,
            "files": None if self.files is None else list(self.files),
            "reason": self.reason.value,
        }

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "TicketForm":
        """Read a form back; what is missing or cannot be read is not answered."""
        texts = {
            each.name: values[each.name]
            for each in fields(cls)
            if each.name not in ("files", "confirmed", "reason")
            and isinstance(values.get(each.name), str)
        }
        files = values.get("files")
        return cls(
            **texts,
            files=tuple(map(str, files)) if isinstance(files, list | tuple) else None,
            confirmed=True if values.get("confirmed") is True else None,
            reason=reason_of(values.get("reason")),
        )


def reason_of(value: Any) -> Reason:
    """Read a reason; what is none means that the shopper asked."""
    try:
        return Reason(value)
    except ValueError:
        return Reason.ASKED
