"""What the desk says to a shopper about a hand-over: words of data/dialogue/words.yml, and the buttons under them."""

from datetime import timedelta
from enum import Enum

from jawab.desk.words import Words
from jawab.knowledge.phrases import digits
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Choice, Draft, Message
from jawab.support.handovers.handover import Ending, Handover
from jawab.support.handovers.statements import Said, Standing
from jawab.text import fold
from jawab.text.language import Lang

# What a button means to the desk: `{HANDOVER: Wish.STOP.value}`; an intent beside it is for the bot afterwards.
HANDOVER = "handover"

_MINUTE = timedelta(minutes=1)


class Wish(str, Enum):
    """What a shopper who waits for a person may want."""

    STOP = "stop_waiting"
    KEEP = "keep_waiting"
    TICKET = "ticket"


class HandoverWords:
    """Composes the desk's messages about hand-overs, in the conversation's language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._stops = {
            lang: frozenset(
                fold(line, lang=lang)
                for line in words.say("handover_stop_phrases", lang=lang).splitlines()
            )
            for lang in Lang
        }

    def waiting(self, promised: timedelta) -> Said:
        """The place in the queue, and the expected wait or, where nobody knows, what is promised."""

        def said(handover: Handover, standing: Standing) -> Draft:
            lang = handover.lang
            times = {"promised": self.minutes(promised, lang)}
            key = "handover_waiting_unknown"
            if standing.wait is not None:
                key, times = "handover_waiting", {"wait": self.minutes(standing.wait, lang)}
            return self._draft(key, handover, standing, self._buttons(handover, Wish.STOP), **times)

        return said

    def late(self, handover: Handover, standing: Standing) -> Draft:
        """It takes longer than promised: keep waiting, or a ticket."""
        buttons = self._buttons(handover, Wish.KEEP, Wish.TICKET, Wish.STOP)
        return self._draft("handover_late", handover, standing, buttons)

    def keeps_waiting(self, handover: Handover, standing: Standing) -> Draft:
        """The place is kept."""
        return self._draft(
            "handover_keeps_waiting", handover, standing, self._buttons(handover, Wish.STOP)
        )

    def joined(self, agent_name: str) -> Said:
        """An agent has come."""
        return lambda handover, standing: self._draft(
            "handover_joined", handover, standing, agent=agent_name
        )

    def given(self, agent_name: str) -> Said:
        """Another agent carries on; or is the first, whom a colleague has sent."""

        def said(handover: Handover, standing: Standing) -> Draft:
            first = handover.first_claimed_at == handover.claimed_at
            key = "handover_joined" if first else "handover_transferred"
            return self._draft(key, handover, standing, agent=agent_name)

        return said

    def requeued(self, handover: Handover, standing: Standing) -> Draft:
        """The agent gave the conversation to a queue."""
        buttons = self._buttons(handover, Wish.STOP)
        return self._draft("handover_requeued", handover, standing, buttons)

    def agent_gone(self, handover: Handover, standing: Standing) -> Draft:
        """The agent disappeared."""
        buttons = self._buttons(handover, Wish.STOP)
        return self._draft("handover_agent_gone", handover, standing, buttons)

    def nobody(self, handover: Handover, standing: Standing) -> Draft:
        """Nobody came: a ticket, or the bot."""
        return self._draft(
            "handover_nobody", handover, standing, self._buttons(handover, Wish.TICKET)
        )

    def chat_closed(self, handover: Handover, standing: Standing) -> Draft:
        """The live chat's hours ended while the shopper waited."""
        buttons = self._buttons(handover, Wish.TICKET)
        return self._draft("handover_chat_closed", handover, standing, buttons)

    def over(self, handover: Handover, standing: Standing) -> Draft:
        """The bot answers again, after the shopper or the agent ended it."""
        keys = {
            Ending.STOPPED: "handover_stopped",
            Ending.RETURNED: "handover_returned",
            Ending.CLOSED: "handover_closed",
        }
        ending = handover.ending or Ending.RETURNED
        return self._draft(keys.get(ending, "handover_returned"), handover, standing)

    def not_waiting(self, conversation: Conversation) -> Draft:
        """A button of an old hand-over was pressed."""
        text = self._words.say(
            "handover_not_waiting", lang=conversation.lang, shop=conversation.shop
        )
        return Draft(text, conversation.lang)

    def offer(self, conversation: Conversation) -> Draft:
        """A person is offered to a shopper who disliked an answer."""
        lang, shop = conversation.lang, conversation.shop

        def button(key: str, **meaning: str) -> Choice:
            return Choice(self._words.say(key, lang=lang, shop=shop), meaning)

        return Draft(
            self._words.say("handover_offer", lang=lang, shop=shop),
            lang,
            (
                button("button_talk_to_human", intent="talk_to_human", reason="thumbs_down"),
                button("button_open_ticket", intent="open_ticket"),
            ),
        )

    def wish(self, message: Message) -> Wish | None:
        """What a message asks for, by its button or by its words: «منتظر نمی مانم!», «لا أريد الإنتظار», "Stop waiting."."""
        if message.pressed is not None:
            meant = message.pressed.meaning.get(HANDOVER)
            return next((wish for wish in Wish if wish.value == meant), None)
        stops = any(
            fold(message.text, lang=lang) in phrases for lang, phrases in self._stops.items()
        )
        return Wish.STOP if stops else None

    def minutes(self, time: timedelta, lang: Lang) -> str:
        """A time in whole minutes, rounded up: «سه دقیقه», «3 دقائق», "3 minutes"."""
        number = max(1, -(-time // _MINUTE))
        size = {1: "one", 2: "two"}.get(number, "few" if number <= 10 else "many")
        values = {} if number <= 2 else {"minutes": digits(number, lang)}
        return self._words.say(f"minutes_{size}", lang=lang, **values)

    def _buttons(self, handover: Handover, *which: Wish) -> tuple[Choice, ...]:
        intents = {Wish.TICKET: {"intent": "open_ticket"}}
        return tuple(
            Choice(
                self._words.say(
                    f"handover_button_{one.name.lower()}", lang=handover.lang, shop=handover.shop
                ),
                {HANDOVER: one.value, **intents.get(one, {})},
            )
            for one in which
        )

    def _draft(
        self,
        key: str,
        handover: Handover,
        standing: Standing,
        choices: tuple[Choice, ...] = (),
        **values: str,
    ) -> Draft:
        place = digits(standing.place, handover.lang)
        text = self._words.say(key, lang=handover.lang, shop=handover.shop, place=place, **values)
        return Draft(text, handover.lang, choices)
