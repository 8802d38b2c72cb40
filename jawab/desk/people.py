"""Hand-overs as the desk runs them: what happened goes into the store first, then to whoever listens."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from jawab.desk.handover_words import HandoverWords, Wish
from jawab.desk.hub import AGENTS, MESSAGE, OWNER, QUEUE, Hub, News
from jawab.desk.survey import Survey
from jawab.desk.threads import in_thread
from jawab.knowledge import calendar
from jawab.support.agents.agent import Agent
from jawab.support.agents.store import AgentStore
from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.conversations.message import Message
from jawab.support.errors import UnknownAgent
from jawab.support.handovers.handover import Due, Ending, Handover, HandoverState, Patience, Reason
from jawab.support.handovers.satisfaction import is_asked_after
from jawab.support.handovers.statements import Call
from jawab.support.handovers.store import Change, HandoverStore
from jawab.support.overrides.current import Current
from jawab.support.tickets.ticket import Queue

log = structlog.get_logger()

LIVE_CHAT = "live_chat"
BOT_OWNS = News(OWNER, {"owner": Owner.BOT.value})


class People:
    """Calls persons, lets them come and go, and tells shoppers and agents about it."""

    def __init__(
        self,
        handovers: HandoverStore,
        agents: AgentStore,
        hub: Hub,
        words: HandoverWords,
        *,
        current: Current,
        patience: Patience,
        presence: timedelta,
        survey: Survey,
        clock: Callable[[], datetime],
    ) -> None:
        self._handovers = handovers
        self._agents = agents
        self._hub = hub
        self._words = words
        self._current = current
        self._patience = patience
        self._presence = presence
        self._survey = survey
        self._clock = clock

    def call(self, report: Mapping[str, Any], conversation: Conversation) -> Call | None:
        """The call for a person that the bot's report of a turn holds."""
        wanted = report.get("handover")
        if not isinstance(wanted, Mapping):
            return None
        try:
            reason = Reason(wanted.get("reason"))
        except ValueError:
            reason = Reason.OTHER
        promised = self.patience_of(conversation.shop).promised
        return Call(reason, self._words.waiting(promised), self._presence)

    def patience_of(self, shop_id: str) -> Patience:
        """How long is waited in this shop, by its profile."""
        shop = self._current.knowledge.shops.get(shop_id)
        channel = shop.channels.get(LIVE_CHAT) if shop else None
        promised = (channel.promise if channel else None) or self._patience.promised
        return Patience(
            promised, self._patience.limit, self._patience.silence, self._patience.absence
        )

    def chat_is_open(self, shop_id: str) -> bool:
        """Whether the live chat's calendar says that persons answer now; a shop without that channel has no hours."""
        shop = self._current.knowledge.shops.get(shop_id)
        if shop is None or LIVE_CHAT not in shop.channels:
            return True
        return calendar.is_open(shop, LIVE_CHAT, self._clock())

    def counts(self, conversation: Conversation) -> dict[str, int]:
        """How many agents could take this conversation now, and how many wait already."""
        shop = conversation.shop
        present = self._agents.present(now=self._clock(), lifetime=self._presence)
        return {
            "present": sum(
                agent.serves(shop, Queue.SHOPPERS) and agent.speaks(conversation.lang)
                for agent in present
            ),
            "waiting": sum(one.shop == shop for one in self._handovers.waiting()),
        }

    async def heed(self, message: Message) -> None:
        """Do what a shopper's message asks for while a person is awaited: stop, wait on, or a ticket."""
        now, words, change = self._clock(), self._words, None
        leave = partial(self._handovers.leave, message.conversation_id, message, now=now)
        match words.wish(message):
            case Wish.STOP:
                change = await in_thread(leave, Ending.STOPPED, said=words.over)
            case Wish.TICKET:
                change = await in_thread(leave, Ending.TICKET, said=None)
            case Wish.KEEP:
                change = await in_thread(
                    self._handovers.wait_on,
                    message.conversation_id,
                    message,
                    now=now,
                    said=words.keeps_waiting,
                )
        if change is not None:
            await self.announce(change)
        else:
            self._hub.publish(AGENTS, News(QUEUE))

    async def claim(self, conversation_id: str, agent: Agent) -> Change:
        """Let this agent take the conversation; `AlreadyClaimed` when another was first."""
        return await self._changed(
            await in_thread(
                self._handovers.claim,
                conversation_id,
                agent,
                now=self._clock(),
                said=self._words.joined(agent.name),
            )
        )

    async def reopen(self, conversation_id: str, agent: Agent) -> Change:
        """Let this agent take up a conversation again that was over."""
        return await self._changed(
            await in_thread(
                self._handovers.reopen,
                conversation_id,
                agent,
                now=self._clock(),
                said=self._words.joined(agent.name),
            )
        )

    async def transfer(
        self, conversation_id: str, by: Agent, to: Agent | Queue, *, note: str | None = None
    ) -> Change:
        """Give the conversation to a colleague or a queue, with a note for who takes it."""
        said = self._words.given(to.name) if isinstance(to, Agent) else self._words.requeued
        return await self._changed(
            await in_thread(
                self._handovers.transfer,
                conversation_id,
                by,
                to,
                now=self._clock(),
                said=said,
                note=note,
            )
        )

    async def finish(self, conversation_id: str, by: Agent, ending: Ending) -> Change:
        """End the hand-over by the agent: back to the bot, or closed, and then the shopper is asked what it was worth."""
        change = await self._changed(
            await in_thread(
                self._handovers.finish,
                conversation_id,
                by,
                ending,
                now=self._clock(),
                said=self._words.over,
            )
        )
        if is_asked_after(ending):
            await self._survey.ask(conversation_id, agent_id=by.id)
        return change

    async def settle(self, handover: Handover, due: Due) -> None:
        """Do what is due about a hand-over that waited too long."""
        closed = due is Due.NOBODY and not self.chat_is_open(handover.shop)
        said = {
            Due.LATE: self._words.late,
            Due.NOBODY: self._words.chat_closed if closed else self._words.nobody,
            Due.SILENT: self._words.agent_gone,
            Due.GONE: self._words.agent_gone,
        }[due]
        change = await in_thread(
            self._handovers.settle, handover, due, now=self._clock(), said=said
        )
        if change is not None:
            log.info("handover.settled", handover=handover.id, due=due.value)
            await self.announce(change)

    async def announce(self, change: Change) -> None:
        """Tell the shopper who owns the conversation, those behind in the queue their place, agents all of it."""
        handover = change.handover
        log.info("handover.moved", handover=handover.id, state=handover.state.value)
        self._hub.publish(handover.conversation_id, News(MESSAGE))
        await self.tell_owner(handover.conversation_id)
        for other in await in_thread(self._handovers.waiting):
            same = (other.shop, other.queue) == (handover.shop, handover.queue)
            if same and other.id != handover.id:
                await self.tell_owner(other.conversation_id)

    async def tell_owner(self, conversation_id: str) -> None:
        """Tell the streams of a conversation who owns it now, and the agents that something moved."""
        self._hub.publish(conversation_id, await in_thread(self.owner, conversation_id))
        self._hub.publish(AGENTS, News(QUEUE))

    def owner(self, conversation_id: str) -> News:
        """Who owns a conversation: bot; human, with the place in the queue, or with the agent's name."""
        handover = self._handovers.open_of(conversation_id)
        if handover is None:
            return BOT_OWNS
        data: dict[str, Any] = {"owner": Owner.HUMAN.value, "state": handover.state.value}
        if handover.state is HandoverState.WAITING:
            standing = self._handovers.standing(handover, now=self._clock())
            wait = standing.wait
            data["place"] = standing.place
            data["wait_minutes"] = wait // timedelta(minutes=1) if wait is not None else None
        elif handover.agent_id is not None:
            data["agent"] = {"name": self._name(handover.agent_id)}
        return News(OWNER, data)

    def _name(self, agent_id: int) -> str:
        try:
            return self._agents.get(agent_id).name
        except UnknownAgent:
            return ""

    async def _changed(self, change: Change) -> Change:
        await self.announce(change)
        return change
