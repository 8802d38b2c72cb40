"""Hearing an answer: what a shopper's message does to the ticket form, or that it was none. Pure values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from jawab.support import contact
from jawab.support.errors import ContactError
from jawab.support.forms import words as form_words
from jawab.support.forms.ticket_form import Field, TicketForm
from jawab.support.texts import storable, visible
from jawab.support.tickets.topics import TicketTopics
from jawab.text.entities import ORDER_NUMBER, extract
from jawab.text.language import Lang

CHOOSE, SKIP, CHANGE, CONFIRM = "choose", "skip", "change", "confirm"
STOP = "stop"
MESSAGE_LENGTH = 4000
_HARVESTED = {
    "order_number": Field.ORDER_NUMBER,
    "phone": Field.PHONE,
    "email": Field.EMAIL,
}
# A wish to change an answer, or to leave one out, is said in a few words; more of them tell a story.
_FEW = 7
_QUESTION_MARK = re.compile("[?؟]")


class Heard(Enum):
    """What a message was to the form."""

    TAKEN = "taken"
    REPEAT = "repeat"  # no answer, and nothing wrong either: the question is asked again
    WRONG = "wrong"
    ELSEWHERE = "elsewhere"  # a question, a greeting: not the form's business
    STOPPED = "stopped"


_NO_ANSWER = frozenset((Heard.REPEAT, Heard.ELSEWHERE, Heard.STOPPED))


class Problem(str, Enum):
    """What is wrong with an answer."""

    CHOICE = "choice"
    MESSAGE = "message"
    ORDER_NUMBER = "order_number"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    CONTACT = "contact"  # neither a phone nor an e-mail address
    FILES = "files"
    CONFIRMED = "confirmed"
    NEEDED = "needed"  # this one cannot be left out
    WHICH = "which"  # something is to be changed, but what?


@dataclass(frozen=True)
class Said:
    """A shopper's message: its words, how it was understood, the button it stands for, the files it carries.

    `act` is the dialogue act or the question's id when that was sure; `question` tells that it is one of the FAQ.
    """

    text: str
    lang: Lang
    act: str | None = None
    question: bool = False
    button: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True)
class Answer:
    """The form after a message, what the message was, and what is wrong with it."""

    form: TicketForm
    heard: Heard
    problem: Problem | None = None


@dataclass(frozen=True)
class Hearing:
    """How answers are read in one shop."""

    topics: TicketTopics
    order_number: str = ORDER_NUMBER

    def hear(self, form: TicketForm, asked: Field, said: Said) -> Answer:
        """What a message that came after this question does to the form.

        >>> hearing.hear(form, Field.PHONE, Said("۰۹۱۲۱۲۳۴۵۶۷", Lang.FA)).form.phone
        '+989121234567'
        >>> hearing.hear(form, Field.EMAIL, Said("ليس لدي", Lang.AR)).form.email
        ''
        """
        if said.button:
            return self._pressed(form, asked, said.button)
        answer = self._heard(self._with_files(form, said), asked, said)
        # What is no answer changes nothing; files that came with it are in the conversation all the same.
        return Answer(form, answer.heard) if answer.heard in _NO_ANSWER else answer

    def harvest(self, form: TicketForm, text: str, lang: Lang) -> TicketForm:
        """The form with the order number, phone and e-mail address that a text names, where they are still open."""
        found: dict[str, str] = {}
        for entity in extract(text, lang=lang, order_number=self.order_number):
            if entity.kind in _HARVESTED:
                found.setdefault(entity.kind, entity.value)
        return form.with_known(found)

    def _pressed(self, form: TicketForm, asked: Field, button: Mapping[str, Any]) -> Answer:
        what, about = button.get("ticket"), _field(button.get("field"))
        if what == CHOOSE and about in (Field.TOPIC, Field.SUBTOPIC):
            value = button.get("value")
            if value in self._options(form, about):
                return Answer(form.with_value(about, value, self.topics), Heard.TAKEN)
            return Answer(form, Heard.WRONG, Problem.CHOICE)
        if what == SKIP and about is not None:
            if about is asked:
                return self._skipped(form, asked)
            return Answer(form, Heard.REPEAT)
        if what == CHANGE and about is not None:
            return Answer(form.without(about), Heard.TAKEN)
        if what == CHANGE:
            return Answer(form, Heard.WRONG, Problem.WHICH)
        if what == CONFIRM:
            if asked is Field.CONFIRMED:
                return Answer(form.with_value(asked, True, self.topics), Heard.TAKEN)
            return Answer(form, Heard.REPEAT)
        if button.get("intent") == STOP:
            return Answer(form, Heard.STOPPED)
        if button.get("intent") == "open_ticket":
            about_topic = button.get("about")
            if about_topic in self.topics.by_id:
                return Answer(form.with_value(Field.TOPIC, about_topic, self.topics), Heard.TAKEN)
            return Answer(form, Heard.REPEAT)
        return Answer(form, Heard.ELSEWHERE)

    def _heard(self, form: TicketForm, asked: Field, said: Said) -> Answer:
        if said.files and (asked is Field.FILES or not _has_words(said.text)):
            return Answer(form, Heard.TAKEN)
        in_passing = asked is not Field.MESSAGE or said.words < _FEW
        if form_words.ends(said.text) or (said.act == STOP and in_passing):
            return Answer(form, Heard.STOPPED)
        if asked is Field.MESSAGE:
            return self._message(form, said)
        corrected = self._corrected(form, asked, said)
        return corrected or self._answered(form, asked, said)

    def _with_files(self, form: TicketForm, said: Said) -> TicketForm:
        if not said.files:
            return form
        files = dict.fromkeys((*(form.files or ()), *said.files))
        return form.with_value(Field.FILES, tuple(files), self.topics)

    def _message(self, form: TicketForm, said: Said) -> Answer:
        text = storable(visible(said.text))
        if not _has_words(text) or len(text) > MESSAGE_LENGTH:
            return Answer(form, Heard.WRONG, Problem.MESSAGE)
        told = self.harvest(form, text, said.lang)
        return Answer(told.with_value(Field.MESSAGE, text, self.topics), Heard.TAKEN)

    def _corrected(self, form: TicketForm, asked: Field, said: Said) -> Answer | None:
        """An earlier answer taken back: with the right one in the same words, or to be asked for again."""
        if said.words > _FEW or _QUESTION_MARK.search(said.text):
            return None
        if not form_words.wants_change(said.text):
            return None
        about = next(
            (
                field
                for field in form_words.fields_named(said.text)
                if field is not asked and form.value(field) not in (None, ())
            ),
            None,
        )
        if about is None:
            at_the_end = asked is Field.CONFIRMED
            return Answer(form, Heard.WRONG, Problem.WHICH) if at_the_end else None
        for entity in extract(said.text, lang=said.lang, order_number=self.order_number):
            if _HARVESTED.get(entity.kind) is about:
                return Answer(form.with_value(about, entity.value, self.topics), Heard.TAKEN)
        return Answer(form.without(about), Heard.TAKEN)

    def _answered(self, form: TicketForm, asked: Field, said: Said) -> Answer:
        if asked is Field.CONFIRMED:
            return self._confirmed(form, said)
        if asked in (Field.TOPIC, Field.SUBTOPIC):
            chosen = self._chosen(form, asked, said)
            if chosen is not None:
                return Answer(form.with_value(asked, chosen, self.topics), Heard.TAKEN)
        elif asked is Field.PHONE or asked is Field.EMAIL:
            reached = self._reached(form, asked, said)
            if reached is not None:
                return Answer(reached, Heard.TAKEN)
        elif asked is Field.ORDER_NUMBER:
            number = self._number(said)
            if number is not None:
                return Answer(form.with_value(asked, number, self.topics), Heard.TAKEN)
        elif asked is Field.NAME and not self._asks_something(said):
            return self._named(form, said)
        if self._leaves_out(said):
            return self._skipped(form, asked)
        if said.question or said.act in form_words.INTERRUPTING:
            return Answer(form, Heard.ELSEWHERE)
        if said.act == "open_ticket":
            return Answer(form, Heard.REPEAT)
        return Answer(form, Heard.WRONG, _problem(asked, said))

    def _confirmed(self, form: TicketForm, said: Said) -> Answer:
        if said.act == "affirm" or form_words.says_yes(said.text):
            return Answer(form.with_value(Field.CONFIRMED, True, self.topics), Heard.TAKEN)
        if said.act == "deny" or form_words.says_no(said.text):
            return Answer(form, Heard.WRONG, Problem.WHICH)
        named = form_words.fields_named(said.text) if said.words < _FEW else ()
        if said.question or (said.act in form_words.INTERRUPTING and not named):
            return Answer(form, Heard.ELSEWHERE)
        if named:
            return Answer(form.without(named[0]), Heard.TAKEN)
        return Answer(form, Heard.WRONG, Problem.CONFIRMED)

    def _chosen(self, form: TicketForm, asked: Field, said: Said) -> str | None:
        options = self._options(form, asked)
        if asked is Field.TOPIC and form.guess in options and self._says_yes(said):
            return form.guess
        return form_words.option_named(said.text, options, said.lang)

    def _reached(self, form: TicketForm, asked: Field, said: Said) -> TicketForm | None:
        """Either of the two is taken, whichever was asked for."""
        found = {
            entity.kind: entity.value
            for entity in extract(said.text, lang=said.lang, order_number=self.order_number)
        }
        for kind, read in (("phone", contact.phone), ("email", contact.email)):
            if kind not in found:
                try:
                    found[kind] = read(said.text)
                except ContactError:
                    continue
        new = {kind: found[kind] for kind in ("phone", "email") if kind in found}
        if not new:
            return None
        if asked is Field.PHONE and "phone" not in new and form.phone is None:
            form = form.skipping(Field.PHONE)
        for kind, value in new.items():
            form = form.with_value(Field(kind), value, self.topics)
        return form

    def _number(self, said: Said) -> str | None:
        for entity in extract(said.text, lang=said.lang, order_number=self.order_number):
            if entity.kind == "order_number":
                return entity.value
        try:
            return contact.order_number(said.text, re.compile(self.order_number))
        except ContactError:
            return None

    def _named(self, form: TicketForm, said: Said) -> Answer:
        told = self.harvest(form, said.text, said.lang)
        bare = said.text
        for entity in reversed(extract(said.text, lang=said.lang, order_number=self.order_number)):
            bare = bare[: entity.start] + " " + bare[entity.end :]
        try:
            name = contact.name(form_words.bare_name(bare))
        except ContactError:
            return Answer(told, Heard.WRONG, Problem.NAME)
        return Answer(told.with_value(Field.NAME, name, self.topics), Heard.TAKEN)

    def _asks_something(self, said: Said) -> bool:
        """Names are short; whatever asks, greets or refuses is none."""
        if _QUESTION_MARK.search(said.text) or said.words >= _FEW or self._leaves_out(said):
            return True
        if said.act in ("affirm", "open_ticket"):
            return True
        # A name is like no example that was learnt: it may be taken for anything, and for out of scope most often.
        return (said.question and said.words > 2) or said.act in form_words.UNLIKE_A_NAME

    def _skipped(self, form: TicketForm, asked: Field) -> Answer:
        if form.may_skip(asked, self.topics):
            return Answer(form.skipping(asked), Heard.TAKEN)
        return Answer(form, Heard.WRONG, Problem.NEEDED)

    def _options(self, form: TicketForm, about: Field) -> Mapping[str, Mapping[Lang, str]]:
        if about is Field.TOPIC:
            return {topic.id: topic.title for topic in self.topics}
        topic = self.topics.by_id.get(form.topic or "")
        return topic.subtopics if topic else {}

    def _says_yes(self, said: Said) -> bool:
        return said.act == "affirm" or form_words.says_yes(said.text)

    def _leaves_out(self, said: Said) -> bool:
        if said.words >= _FEW:
            return False
        return (
            said.act == "deny" or form_words.says_no(said.text) or form_words.leaves_out(said.text)
        )


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _field(value: Any) -> Field | None:
    try:
        return Field(value)
    except ValueError:
        return None


def _problem(asked: Field, said: Said) -> Problem:
    if asked in (Field.TOPIC, Field.SUBTOPIC):
        return Problem.CHOICE
    if asked is Field.PHONE and "@" in said.text:
        return Problem.EMAIL
    if asked is Field.PHONE and not any(character.isdigit() for character in said.text):
        return Problem.CONTACT
    return Problem(asked.value)
