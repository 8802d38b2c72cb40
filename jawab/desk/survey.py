"""Asking shoppers what they thought of an agent's help, and taking what they press and write."""

from collections.abc import Callable
from datetime import datetime

import structlog

from jawab.desk.hub import MESSAGE, Hub, News
from jawab.desk.threads import in_thread
from jawab.desk.words import Words
from jawab.knowledge.phrases import digits
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Choice, Draft, Form, Message
from jawab.support.handovers.satisfaction import DISSATISFIED, STARS
from jawab.support.handovers.satisfaction_store import SatisfactionStore

log = structlog.get_logger()

# What the buttons mean to the desk: `{SATISFACTION: 4}` and `{WORD: true}`.
SATISFACTION = "satisfaction"
WORD = "satisfaction_word"
WORDS = (
    "satisfaction_ask",
    "satisfaction_thanks",
    "satisfaction_sorry",
    "satisfaction_add_word",
    "satisfaction_write_word",
    "satisfaction_kept",
    *(f"satisfaction_{stars}" for stars in STARS),
)
_STARS_FIELD = Form(id=SATISFACTION, field="stars", input="choice", step=1, steps=2)
_WORD_FIELD = Form(id=SATISFACTION, field="word", input="text", step=2, steps=2)


class Survey:
    """Asks, and answers what shoppers press and write; its words are in words.yml."""

    def __init__(
        self, store: SatisfactionStore, hub: Hub, words: Words, *, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._hub = hub
        self._words = words
        self._clock = clock

    async def ask(
        self, conversation_id: str, *, agent_id: int | None = None, reference: str | None = None
    ) -> None:
        """Ask in the conversation, unless it was asked there before or a person owns it. To be called when an agent
        has closed a conversation, or has solved the ticket (`reference`) that was opened in it.
        """
        asked = await in_thread(
            self._store.ask,
            conversation_id,
            self.question,
            now=self._clock(),
            agent_id=agent_id,
            reference=reference,
        )
        if asked is not None:
            log.info("satisfaction.asked", conversation=conversation_id)
            self._hub.publish(conversation_id, News(MESSAGE))

    def question(self, conversation: Conversation) -> Draft:
        """The question with its five buttons."""
        lang = conversation.lang
        choices = tuple(
            Choice(
                f"{digits(stars, lang)} – {self._say(f'satisfaction_{stars}', conversation)}",
                {SATISFACTION: stars},
            )
            for stars in STARS
        )
        return Draft(self._say("satisfaction_ask", conversation), lang, choices, _STARS_FIELD)

    def rate(self, conversation_id: str, stars: int, word: str | None = None) -> None:
        """Keep a rating; `NotAsked`."""
        self._store.rate(conversation_id, stars, now=self._clock(), word=word)
        log.info("satisfaction.rated", conversation=conversation_id, stars=stars)

    def starred(self, conversation: Conversation, message: Message) -> Draft:
        """The desk's answer to one of the five buttons: thanks, and an invitation to add a word."""
        stars = _stars(message)
        self.rate(conversation.id, stars)
        choices = [Choice(self._say("satisfaction_add_word", conversation), {WORD: True})]
        if stars > DISSATISFIED:
            return self._draft("satisfaction_thanks", conversation, *choices)
        ticket = self._say("button_open_ticket", conversation)
        return self._draft(
            "satisfaction_sorry", conversation, *choices, Choice(ticket, {"intent": "open_ticket"})
        )

    def invited(self, conversation: Conversation, _message: Message) -> Draft:
        """The desk's answer to "add a word": write it now."""
        self._store.invite_word(conversation.id, now=self._clock())
        text = self._say("satisfaction_write_word", conversation)
        return Draft(text, conversation.lang, form=_WORD_FIELD)

    def word(self, conversation: Conversation, message: Message) -> Draft | None:
        """Thanks for the shopper's word, if this message is one; None for everything else."""
        asked = self._store.of(conversation.id)
        if asked is None or not asked.wants_word:
            return None
        if message.pressed is not None or not message.text or not asked.takes_word(message.at):
            self._store.drop_word(conversation.id)
            return None
        self._store.add_word(conversation.id, message.text, now=self._clock())
        return self._draft("satisfaction_kept", conversation)

    def overheard(self, message: Message) -> None:
        """Keep the stars of a button pressed while a person owns the conversation; nothing is said to it."""
        if message.pressed is not None and SATISFACTION in message.pressed.meaning:
            self.rate(message.conversation_id, _stars(message))

    def _draft(self, key: str, conversation: Conversation, *choices: Choice) -> Draft:
        return Draft(self._say(key, conversation), conversation.lang, choices)

    def _say(self, key: str, conversation: Conversation) -> str:
        return self._words.say(key, lang=conversation.lang, shop=conversation.shop)


def _stars(message: Message) -> int:
    """The stars on the pressed button; buttons are the desk's own, so there are some."""
    meaning = message.pressed.meaning if message.pressed else {}
    return int(meaning[SATISFACTION])
