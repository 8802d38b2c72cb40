"""What the assistant says: the one reply function behind the custom actions and `jawab ask`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from jawab.knowledge import Knowledge, calendar
from jawab.text.language import Lang
from jawab.understanding.buttons import NONE_OF_THESE, Button
from jawab.understanding.decision import Candidate, Outcome
from jawab.understanding.language_request import requested_language

# Where a person answers at once; e-mail and tickets are answered later.
PEOPLES_CHANNELS = frozenset({"phone", "live_chat"})
COMPLAINT = "complaint_how"
# Questions whose answers end in a ticket: what is written on its button, and what the ticket is about.
TICKETS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        COMPLAINT: ("button_complaint", {"about": "complaint"}),
        "contact_ticket": ("button_open_ticket", {}),
    }
)


@dataclass(frozen=True)
class Utterance:
    """One message of the assistant."""

    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Turn:
    """A shopper's message as it was understood, and where and when it was said.

    ``intents`` are those of the decision: when answered one, or the questions of the FAQ in the order they were asked;
    two or three when offered, none when not understood.
    ``button`` is the meaning of the button that was pressed, if one was; ``misunderstood`` counts the turns before
    this one that were not understood, in a row. ``follows`` is the question in whose light a short one was read.
    """

    text: str
    lang: Lang
    outcome: Outcome
    intents: tuple[str, ...]
    shop: str
    now: datetime
    confidence: float = 1.0
    candidates: tuple[Candidate, ...] = ()
    button: Mapping[str, str] = field(default_factory=dict)
    misunderstood: int = 0
    follows: str | None = None

    @property
    def answered(self) -> tuple[str, ...]:
        """The intents that were answered at once, in their order."""
        return self.intents if self.outcome is Outcome.ANSWERED else ()


@dataclass(frozen=True)
class Reply:
    """The assistant's messages, and what has to be remembered of this turn.

    ``lang`` is the conversation's language from here on.
    """

    utterances: tuple[Utterance, ...]
    lang: Lang
    misunderstood: int = 0


@dataclass(frozen=True)
class _Speaker:
    """Says words and answers of one shop, in one language, at one moment."""

    knowledge: Knowledge
    turn: Turn
    lang: Lang

    def say(self, key: str, **values: str) -> str:
        return self.knowledge.say(
            key, shop=self.turn.shop, lang=self.lang, now=self.turn.now, **values
        )

    def answer(self, question: str) -> str:
        return self.knowledge.answer(
            question, shop=self.turn.shop, lang=self.lang, now=self.turn.now
        )

    def question_button(self, question: str) -> Button:
        title = self.knowledge.questions[question].title[self.lang]
        return Button(title, {"intent": question})

    def act_button(self, act: str) -> Button:
        return Button(self.say(f"button_{act}"), {"intent": act})

    def intent_button(self, intent: str) -> Button:
        if intent in self.knowledge.questions:
            return self.question_button(intent)
        return self.act_button(intent)

    def topic_buttons(self) -> tuple[Button, ...]:
        return tuple(
            Button(topic.title[self.lang], {"topic": topic.id})
            for topic in self.knowledge.topics.values()
        )

    def someone_is_there(self) -> bool:
        """Whether a person can be talked to right now."""
        shop = self.knowledge.shops[self.turn.shop]
        return any(
            calendar.is_open(shop, channel.id, self.turn.now)
            for channel in shop.shoppers_channels
            if channel.id in PEOPLES_CHANNELS
        )


def reply(turn: Turn, *, knowledge: Knowledge) -> Reply:
    """Return what to say to ``turn``; never nothing.

    >>> reply(turn("چه ساعتی جواب می‌دین؟", shop="digikala"), knowledge=knowledge).utterances[0].text
    'پشتیبانی تلفنی دیجی‌کالا شبانه‌روزی است…'
    >>> reply(turn("متى تفتحون؟", shop="souq"), knowledge=knowledge).utterances[0].text
    'الهاتف: كل يوم من 9:00 إلى 21:00…'
    """
    speaker = _Speaker(knowledge, turn, turn.lang)
    if turn.outcome is Outcome.OFFERED:
        return Reply((_offer(speaker, turn.intents),), turn.lang)
    if turn.outcome is Outcome.NOT_UNDERSTOOD or not turn.intents:
        return Reply((_not_understood(speaker),), turn.lang, turn.misunderstood + 1)
    intent = turn.intents[0]
    if intent in knowledge.questions:
        questions = [each for each in turn.intents if each in knowledge.questions]
        return Reply(_answers(speaker, questions), turn.lang)
    if intent == "change_language":
        return _change_language(knowledge, turn)
    say = _ACTS.get(intent, _plain_act(intent))
    return Reply((say(speaker),), turn.lang)


def _answers(speaker: _Speaker, questions: Sequence[str]) -> tuple[Utterance, ...]:
    """Answer each question in its own message; what is answered is no related question to any of them."""
    answers = [_answer(speaker, question) for question in questions]
    return tuple(
        replace(
            answer,
            buttons=tuple(b for b in answer.buttons if b.meaning.get("intent") not in questions),
        )
        for answer in answers
    )


def _answer(speaker: _Speaker, question: str) -> Utterance:
    buttons = [
        speaker.question_button(other) for other in speaker.knowledge.questions[question].related
    ]
    if question in TICKETS:
        title, about = TICKETS[question]
        buttons.insert(0, Button(speaker.say(title), {"intent": "open_ticket", **about}))
    return Utterance(speaker.answer(question), tuple(buttons))


def _offer(speaker: _Speaker, intents: Sequence[str]) -> Utterance:
    buttons = [speaker.intent_button(intent) for intent in intents]
    buttons.append(Button(speaker.say("none_of_these"), {"intent": NONE_OF_THESE}))
    return Utterance(speaker.say("offer"), tuple(buttons))


def _not_understood(speaker: _Speaker) -> Utterance:
    if speaker.turn.misunderstood or speaker.turn.button:
        return Utterance(
            speaker.say("not_understood_again"),
            (speaker.act_button("talk_to_human"), speaker.act_button("open_ticket")),
        )
    return Utterance(
        speaker.say("not_understood"),
        (speaker.act_button("help"), speaker.act_button("talk_to_human")),
    )


def _greet(speaker: _Speaker) -> Utterance:
    top = speaker.knowledge.shops[speaker.turn.shop].top_questions
    return Utterance(
        speaker.say("greet"),
        (*(speaker.question_button(question) for question in top), speaker.act_button("help")),
    )


def _help(speaker: _Speaker) -> Utterance:
    topic = speaker.knowledge.topics.get(speaker.turn.button.get("topic", ""))
    if topic is None:
        return Utterance(speaker.say("help"), speaker.topic_buttons())
    return Utterance(
        speaker.say("topic_questions", topic=topic.title[speaker.lang]),
        (
            *(speaker.question_button(question) for question in topic.questions),
            speaker.act_button("help"),
        ),
    )


def _person(key: str) -> Callable[[_Speaker], Utterance]:
    def say(speaker: _Speaker) -> Utterance:
        reachable = speaker.someone_is_there()
        return Utterance(speaker.say(key if reachable else f"{key}_closed"))

    return say


def _other_support(speaker: _Speaker) -> Utterance:
    return Utterance(
        speaker.say("other_support"),
        (speaker.act_button("talk_to_human"), speaker.act_button("open_ticket")),
    )


def _frustrated(speaker: _Speaker) -> Utterance:
    # A question the owner may have taken out of the FAQ.
    complaint = [id for id in (COMPLAINT,) if id in speaker.knowledge.questions]
    return Utterance(
        speaker.say("frustrated"),
        (speaker.act_button("talk_to_human"), *map(speaker.question_button, complaint)),
    )


def _with_help(key: str) -> Callable[[_Speaker], Utterance]:
    return lambda speaker: Utterance(speaker.say(key), (speaker.act_button("help"),))


def _plain_act(key: str) -> Callable[[_Speaker], Utterance]:
    return lambda speaker: Utterance(speaker.say(key))


_ACTS: dict[str, Callable[[_Speaker], Utterance]] = {
    "greet": _greet,
    "help": _help,
    "talk_to_human": _person("talk_to_human"),
    "other_support": _other_support,
    "frustrated": _frustrated,
    "affirm": _with_help("affirm"),
    "deny": _with_help("deny"),
    "stop": _with_help("stop"),
    "out_of_scope": _with_help("out_of_scope"),
    "bot_challenge": lambda speaker: Utterance(
        speaker.say("bot_challenge"), (speaker.act_button("talk_to_human"),)
    ),
}


def _change_language(knowledge: Knowledge, turn: Turn) -> Reply:
    chosen = [lang for lang in Lang if lang.value == turn.button.get("language")]
    asked = chosen[0] if chosen else requested_language(turn.text)
    if asked is None:
        buttons = tuple(
            Button(_Speaker(knowledge, turn, lang).say("language_name"), {"language": lang.value})
            for lang in Lang
        )
        question = _Speaker(knowledge, turn, turn.lang).say("language_unknown")
        return Reply((Utterance(question, buttons),), turn.lang)
    speaker = _Speaker(knowledge, turn, asked)
    return Reply((Utterance(speaker.say("change_language"), (speaker.act_button("help"),)),), asked)
