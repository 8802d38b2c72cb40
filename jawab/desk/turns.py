"""The worker: takes stored turns to the bot, in order within a conversation, many conversations at once."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeAlias

import anyio
import structlog

from jawab.desk.context import Context
from jawab.desk.endings import Endings
from jawab.desk.holds import Holds
from jawab.desk.hub import MESSAGE, TYPING, Hub, News
from jawab.desk.measures import ANSWER_SECONDS, RASA_FAILURES, TURNS, Measures
from jawab.desk.people import People
from jawab.desk.protocol import Answer, RasaFailure, question
from jawab.desk.threads import in_thread
from jawab.desk.together import Together
from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.conversations.message import Draft, Message
from jawab.support.conversations.store import Store
from jawab.support.conversations.turn import Hold, RetryPolicy, Turn, TurnState
from jawab.text.language import Lang

log = structlog.get_logger()

WAIVED = TurnState.WAIVED.value
_OUTCOME = re.compile(r"[a-z_]{1,24}")
BOT_TYPES = News(TYPING, {"author": "bot", "on": True})
BOT_RESTS = News(TYPING, {"author": "bot", "on": False})


# The desk's own answer to a button.
OwnButton: TypeAlias = Callable[[Conversation, Message], Draft]
# The desk's own answer to a message that is meant for it, None for every other.
OwnAnswer: TypeAlias = Callable[[Conversation, Message], Draft | None]


class Bot(Protocol):
    """Who is asked."""

    async def ask(self, question: dict[str, Any], *, prior: Lang) -> Answer:
        """Answer, or raise `RasaFailure`."""
        ...

    async def look_up(self, question: dict[str, Any], *, prior: Lang) -> Answer | None:
        """The answer given before, None when there is none; `RasaFailure` when one cannot know."""
        ...


class Turns:
    """Brings one turn to its end: answered, apologised for, or left to a person; never lost, never twice."""

    def __init__(
        self,
        store: Store,
        bot: Bot,
        hub: Hub,
        *,
        policy: RetryPolicy,
        holds: Holds,
        people: People,
        context: Context,
        own_buttons: Mapping[str, OwnButton],
        own_answer: OwnAnswer,
        endings: Endings,
        together: Together,
        say: Callable[[str, Conversation], str],
        measures: Measures,
        clock: Callable[[], datetime],
        parallel: int,
    ) -> None:
        self._store = store
        self._bot = bot
        self._hub = hub
        self._policy = policy
        self._holds = holds
        self._people = people
        self._context = context
        self._own_buttons = own_buttons
        self._own_answer = own_answer
        self._endings = endings
        self._together = together
        self._say = say
        self._measures = measures
        self._clock = clock
        self._places = anyio.Semaphore(parallel)
        self._trying_since = clock()

    def try_from_now(self) -> None:
        """Count the patience with older turns from this moment: the bot has only just come up."""
        self._trying_since = self._clock()

    async def take(
        self, turn: Turn, message: Message, conversation: Conversation, hold: Hold | None = None
    ) -> bool:
        """Bring this open turn to its end; the typing sign ends with it, however it ends. Whether the conversation may have
        another one open. With a `hold` the turn is sent and in our hands already.
        """
        if conversation.owner is Owner.HUMAN:
            await in_thread(self._store.keep, turn.waived())
            self._measures.count(TURNS, WAIVED)
            self._hub.publish(conversation.id, News(MESSAGE))
            return True
        self._hub.publish(conversation.id, BOT_TYPES)
        try:
            found = await self._prepared(message, conversation)
            if isinstance(found, Draft):
                return await self._by_desk(turn, found, message, hold)
            return await self._try(turn, message, conversation, found, hold)
        finally:
            self._hub.publish(conversation.id, News(MESSAGE))
            self._hub.publish(conversation.id, BOT_RESTS)

    async def _prepared(
        self, message: Message, conversation: Conversation
    ) -> Draft | dict[str, Any]:
        """What the desk answers itself, else what the bot is to be asked."""
        own = self._own_button(message)
        if own is not None:
            return await in_thread(own, conversation, message)
        return await self._together.read(self._asked, message, conversation)

    def _asked(self, message: Message, conversation: Conversation) -> Draft | dict[str, Any]:
        said = self._own_answer(conversation, message)
        return said or question(message, conversation, self._context(message, conversation))

    async def _by_desk(self, turn: Turn, said: Draft, message: Message, hold: Hold | None) -> bool:
        taken = await self._in_hand(turn, hold)
        if taken is None:
            return True
        return await self._answered(taken, Answer((said,), {"outcome": "desk"}), message, None)

    async def _in_hand(self, turn: Turn, hold: Hold | None) -> Turn | None:
        """The turn, sent, with time for one attempt; None when it was over already, or is another desk's."""
        if hold is None:
            turn = turn.sent()
        elif self._holds.is_fresh(hold):
            return turn
        return turn if await in_thread(self._store.keep, turn, self._holds.begin()) else None

    def _own_button(self, message: Message) -> OwnButton | None:
        """The desk's answer to a button that means something to it, and nothing to the bot."""
        meaning = message.pressed.meaning if message.pressed else {}
        if "intent" in meaning:
            return None
        return next((self._own_buttons[key] for key in meaning if key in self._own_buttons), None)

    async def _try(
        self,
        turn: Turn,
        message: Message,
        conversation: Conversation,
        asked: dict[str, Any],
        hold: Hold | None,
    ) -> bool:
        may_be_known = hold is None and turn.state is TurnState.SENT
        reason = "interrupted"
        while hold is not None or turn.attempts < self._policy.attempts:
            await self._until(turn.next_attempt_at)
            async with self._places:
                taken = await self._in_hand(turn, hold)
                if taken is None:
                    return True
                turn, hold = taken, None  # it was for the first attempt
                try:
                    answer = await self._look_up(asked, conversation) if may_be_known else None
                    if answer is None:
                        answer = await self._bot.ask(asked, prior=conversation.lang)
                    return await self._answered(turn, answer, message, conversation)
                except RasaFailure as failure:
                    reason = failure.reason
                    self._measures.count(RASA_FAILURES, reason)
                    may_be_known = may_be_known or failure.reached
            log.warning(
                "turn.attempt_failed",
                conversation=conversation.id,
                message=turn.message_id,
                attempt=turn.attempts,
                reason=reason,
            )
            if await self._left_to_a_person(turn):
                return True
            since = max(turn.queued_at, self._trying_since)
            at = self._policy.next_attempt(turn, since=since, now=self._clock())
            if at is None:
                break
            turn = turn.postponed(at)
            if not await in_thread(self._store.keep, turn, self._holds.begin(until=at)):
                return True
        return await self._give_up(turn, asked, message, conversation, reason, may_be_known)

    async def _look_up(self, asked: dict[str, Any], conversation: Conversation) -> Answer | None:
        """What the bot said before. Not knowing is a failed attempt: asking blindly could ask twice."""
        answer = await self._bot.look_up(asked, prior=conversation.lang)
        if answer is not None:
            log.info("turn.found_answered", conversation=conversation.id)
        return answer

    async def _answered(
        self, turn: Turn, answer: Answer, message: Message, conversation: Conversation | None
    ) -> bool:
        """Store the answer; where it calls for a person, the conversation is theirs in the same moment."""
        call = self._people.call(answer.report, conversation) if conversation else None
        closed = await self._together.write(
            self._store.close,
            turn.answered(answer.report),
            answer.replies,
            lang=answer.lang,
            heard=message.lang,
            now=self._clock(),
            call=call,
        )
        self._endings.over(turn.message_id, closed.replies)
        if call is not None:
            await self._people.tell_owner(turn.conversation_id)
        self._ended(turn, answer.report.get("outcome"))
        log.info(
            "turn.answered",
            conversation=turn.conversation_id,
            message=turn.message_id,
            attempt=turn.attempts,
            replies=len(answer.replies),
        )
        return closed.more

    async def _give_up(
        self,
        turn: Turn,
        asked: dict[str, Any],
        message: Message,
        conversation: Conversation,
        reason: str,
        may_be_known: bool,
    ) -> bool:
        if may_be_known:  # the last attempt may have been answered after we stopped waiting
            try:
                answer = await self._look_up(asked, conversation)
            except RasaFailure:
                answer = None
            if answer is not None:
                return await self._answered(turn, answer, message, conversation)
        sorry = Draft(self._say("rasa_away", conversation), conversation.lang)
        await in_thread(self._store.finish, turn.apologised(reason), (sorry,), now=self._clock())
        self._ended(turn, "apologised")
        log.error(
            "turn.apologised",
            conversation=turn.conversation_id,
            message=turn.message_id,
            reason=reason,
        )
        return True

    async def _left_to_a_person(self, turn: Turn) -> bool:
        conversation = await in_thread(self._store.conversation, turn.conversation_id)
        if conversation.owner is Owner.BOT:
            return False
        await in_thread(self._store.keep, turn.waived())
        self._measures.count(TURNS, WAIVED)
        return True

    def _ended(self, turn: Turn, outcome: object) -> None:
        known = isinstance(outcome, str) and _OUTCOME.fullmatch(outcome)
        self._measures.count(TURNS, str(outcome) if known else "other")
        self._measures.took(ANSWER_SECONDS, self._clock() - turn.queued_at)

    async def _until(self, at: datetime | None) -> None:
        """Wait for this moment; a clock that jumps never makes it longer than the policy's patience."""
        if at is not None:
            left = min(at - self._clock(), self._policy.give_up_after)
            await anyio.sleep(max(left.total_seconds(), 0))
