"""What the ticket form says: its questions with their buttons, what is wrong with an answer, the summary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from jawab.knowledge import Knowledge
from jawab.knowledge.phrases import digits
from jawab.support.conversations.message import Choice, Draft
from jawab.support.forms.answers import CHANGE, CHOOSE, CONFIRM, SKIP, Problem
from jawab.support.forms.ticket_form import Field, TicketForm
from jawab.support.tickets.topics import TicketTopics
from jawab.text.language import Lang

FORM = "ticket"
SHOWN_LENGTH = 200
# How the widget takes the answer.
INPUTS: Mapping[Field, str] = MappingProxyType(
    {
        Field.TOPIC: "choice",
        Field.SUBTOPIC: "choice",
        Field.MESSAGE: "text",
        Field.ORDER_NUMBER: "order_number",
        Field.NAME: "text",
        Field.PHONE: "tel",
        Field.EMAIL: "email",
        Field.FILES: "files",
        Field.CONFIRMED: "confirm",
    }
)
_PROBLEMS: Mapping[Problem, str] = MappingProxyType(
    {
        Problem.CHOICE: "error_ticket_topic",
        Problem.MESSAGE: "error_ticket_message",
        Problem.ORDER_NUMBER: "error_ticket_order_number",
        Problem.NAME: "error_ticket_name",
        Problem.PHONE: "error_ticket_phone",
        Problem.EMAIL: "error_ticket_email",
        Problem.CONTACT: "error_ticket_contact_missing",
        Problem.FILES: "form_files_wrong",
        Problem.CONFIRMED: "form_confirm_wrong",
    }
)
_NEEDED: Mapping[Field, str] = MappingProxyType(
    {
        Field.TOPIC: "error_ticket_topic",
        Field.ORDER_NUMBER: "error_ticket_order_number_missing",
        Field.NAME: "error_ticket_name",
        Field.PHONE: "error_ticket_contact_missing",
        Field.EMAIL: "error_ticket_contact_missing",
    }
)
# What an answer is called in the summary and on the buttons to change it.
_LABELS = tuple(field for field in Field if field is not Field.CONFIRMED)
_LOCAL = MappingProxyType({"+98": "0", "+966": "0"})


@dataclass(frozen=True)
class FormTalk:
    """The form's words for one shop, in one language, at one moment."""

    knowledge: Knowledge
    topics: TicketTopics
    shop: str
    lang: Lang
    now: datetime

    def say(self, key: str, **values: str) -> str:
        """The words under a key."""
        return self.knowledge.say(key, shop=self.shop, lang=self.lang, now=self.now, **values)

    def ask(self, form: TicketForm, field: Field) -> Draft:
        """The question for a field, with its buttons."""
        return Draft(self._question(form, field), self.lang, tuple(self._choices(form, field)))

    def wrong(self, form: TicketForm, field: Field, problem: Problem) -> Draft:
        """What is wrong with the answer to this field's question, which is asked again thereby: its buttons stand below."""
        if problem is Problem.WHICH:
            return Draft(self.say("form_which"), self.lang, tuple(self._changes(form)))
        key = _NEEDED[field] if problem is Problem.NEEDED else _PROBLEMS[problem]
        return Draft(self.say(key), self.lang, tuple(self._choices(form, field)))

    def shape(self, form: TicketForm, field: Field) -> dict[str, Any]:
        """What the widget has to know of the question."""
        applying = form.applying(self.topics)
        return {
            "id": FORM,
            "field": field.value,
            "input": INPUTS[field],
            "optional": form.may_skip(field, self.topics),
            "step": applying.index(field) + 1,
            "steps": len(applying),
        }

    def summary(self, form: TicketForm) -> str:
        """The answers, one a line."""
        return "\n".join(
            self.say("form_line", label=self.say(f"form_label_{field.value}"), value=value)
            for field in _LABELS
            if (value := self._shown(form, field))
        )

    def _question(self, form: TicketForm, field: Field) -> str:
        if field is Field.TOPIC and form.guess in self.topics.by_id:
            guessed = self.topics.by_id[form.guess or ""].title[self.lang]
            return self.say("form_ask_topic_guess", topic=guessed)
        if field is Field.CONFIRMED:
            return self.say("form_ask_confirmed", summary=self.summary(form))
        if field in (Field.ORDER_NUMBER, Field.EMAIL) and form.may_skip(field, self.topics):
            return self.say(f"form_ask_{field.value}_optional")
        return self.say(f"form_ask_{field.value}")

    def _choices(self, form: TicketForm, field: Field) -> Iterator[Choice]:
        if field is Field.TOPIC:
            ordered = sorted(self.topics, key=lambda topic: topic.id != form.guess)
            for topic in ordered:
                yield self._option(field, topic.id, topic.title[self.lang])
        elif field is Field.SUBTOPIC:
            for id, title in self.topics.find(form.topic or "").subtopics.items():
                yield self._option(field, id, title[self.lang])
            yield self._skip(field, "none_of_these")
        elif field is Field.CONFIRMED:
            yield Choice(self.say("form_button_confirm"), {"ticket": CONFIRM})
            yield Choice(self.say("form_button_change"), {"ticket": CHANGE})
            yield Choice(self.say("button_stop"), {"intent": "stop"})
        elif field is Field.MESSAGE:
            yield self._change(Field.TOPIC)
        elif form.may_skip(field, self.topics):
            key = "form_button_email" if field is Field.PHONE else "form_button_skip"
            yield self._skip(field, key)

    def _changes(self, form: TicketForm) -> Iterator[Choice]:
        for field in form.applying(self.topics):
            if field in _LABELS and form.value(field) is not None:
                yield self._change(field, "form_label_")

    def _change(self, field: Field, key: str = "form_button_change_") -> Choice:
        return Choice(self.say(f"{key}{field.value}"), {"ticket": CHANGE, "field": field.value})

    def _option(self, field: Field, value: str, title: str) -> Choice:
        return Choice(title, {"ticket": CHOOSE, "field": field.value, "value": value})

    def _skip(self, field: Field, key: str) -> Choice:
        return Choice(self.say(key), {"ticket": SKIP, "field": field.value})

    def _shown(self, form: TicketForm, field: Field) -> str:
        value = form.value(field)
        if not value:
            return ""
        if field is Field.TOPIC:
            return self.topics.find(value).title[self.lang]
        if field is Field.SUBTOPIC:
            return self.topics.find(form.topic or "", value).subtopics[value][self.lang]
        if field is Field.FILES:
            return digits(len(value), self.lang)
        if field is Field.PHONE:
            return digits(_as_dialled(value), self.lang)
        if field is Field.ORDER_NUMBER:
            return digits(value, self.lang)
        text = " ".join(str(value).split())
        return text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH].rstrip() + "…"


def _as_dialled(phone: str) -> str:
    """A number as people of that country write it.

    >>> _as_dialled("+989121234567")
    '09121234567'
    """
    for country, zero in _LOCAL.items():
        if phone.startswith(country):
            return zero + phone[len(country) :]
    return phone
