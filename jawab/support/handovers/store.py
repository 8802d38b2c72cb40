"""Hand-overs in SQL: every method is one short transaction, so of two who want the same one wins."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from jawab.support.agents.agent import Agent
from jawab.support.agents.store import find_agent
from jawab.support.agents.tables import agents
from jawab.support.conversations import rows
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Message
from jawab.support.conversations.note_store import note_down
from jawab.support.conversations.statements import (
    append_draft,
    find_conversation,
)
from jawab.support.conversations.turn import Turn, TurnState
from jawab.support.database import Database
from jawab.support.deliveries.notices import CONVERSATION_CLAIMED
from jawab.support.errors import (
    AgentAway,
    AlreadyClaimed,
    NoHandover,
    NotYours,
)
from jawab.support.handovers.handover import Due, Ending, Handover, HandoverState
from jawab.support.handovers.statements import (
    OPEN,
    Call,
    Said,
    Standing,
    announce,
    begin_handover,
    find_open,
    keep_handover,
    latest,
    standing,
    to_handover,
    waiting,
)
from jawab.support.handovers.tables import handovers
from jawab.support.tables import messages, turns
from jawab.support.tickets.ticket import Queue


@dataclass(frozen=True)
class Change:
    """What became of a hand-over, where it stands now, and what the desk said to the shopper."""

    handover: Handover
    standing: Standing
    message: Message | None = None


@dataclass(frozen=True)
class Watched:
    """An open hand-over, and when the page of its agent was last heard of."""

    handover: Handover
    agent_seen_at: datetime | None


class HandoverStore:
    """Who waits, and who answers whom. `presence` is how long agents count as there without a sign of life."""

    def __init__(self, database: Database, *, presence: timedelta) -> None:
        self._database = database
        self._presence = presence

    def open_of(self, conversation_id: str) -> Handover | None:
        """The conversation's open hand-over."""
        with self._database.reading() as connection:
            return find_open(connection, conversation_id)

    def of_conversation(self, conversation_id: str) -> tuple[Handover, ...]:
        """All of the conversation's hand-overs, oldest first."""
        with self._database.reading() as connection:
            here = handovers.c.conversation_id == conversation_id
            found = connection.execute(select(handovers).where(here).order_by(handovers.c.id))
            return tuple(map(to_handover, found))

    def waiting(self) -> tuple[Handover, ...]:
        """Those who wait, the next one first."""
        with self._database.reading() as connection:
            return waiting(connection)

    def held_by(self, agent_id: int) -> tuple[Handover, ...]:
        """Those whom this agent answers, in the order of taking."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(handovers)
                .where(
                    handovers.c.agent_id == agent_id,
                    handovers.c.state == HandoverState.ACTIVE.value,
                )
                .order_by(handovers.c.claimed_at, handovers.c.id)
            )
            return tuple(map(to_handover, found))

    def ended(self, ending: Ending, *, before: int | None, limit: int) -> tuple[Handover, ...]:
        """Those that ended like this, the latest first, from below the id `before` on."""
        query = select(handovers).where(handovers.c.ending == ending.value)
        if before is not None:
            query = query.where(handovers.c.id < before)
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(handovers.c.id.desc()).limit(limit))
            return tuple(map(to_handover, found))

    def watched(self) -> tuple[Watched, ...]:
        """Every open hand-over, with its agent's last sign of life."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(handovers, agents.c.seen_at)
                .join(agents, agents.c.id == handovers.c.agent_id, isouter=True)
                .where(handovers.c.state.in_(OPEN))
                .order_by(handovers.c.id)
            )
            return tuple(Watched(to_handover(row), row.seen_at) for row in found)

    def standing(self, handover: Handover, *, now: datetime) -> Standing:
        """Where a hand-over stands in its queue."""
        with self._database.reading() as connection:
            current = find_open(connection, handover.conversation_id)
            if current is None or current.id != handover.id:
                return Standing(0, None)
            return standing(connection, current, now=now, presence=self._presence)

    def claim(self, conversation_id: str, agent: Agent, *, now: datetime, said: Said) -> Change:
        """Take a conversation out of the queue. `AlreadyClaimed` tells who was first; again is no error."""
        with self._changing(conversation_id) as (connection, conversation, found):
            if found.state is HandoverState.ACTIVE:
                if found.agent_id == agent.id:
                    return Change(found, Standing(0, None))
                holder = find_agent(connection, found.agent_id or 0)
                raise AlreadyClaimed(holder.name)
            claimed = found.claimed(agent.id, now=now)
            announce(connection, CONVERSATION_CLAIMED, claimed, at=now, agent=agent.id)
            return self._keep(connection, conversation, claimed, said, now=now)

    def transfer(
        self,
        conversation_id: str,
        by: Agent,
        to: Agent | Queue,
        *,
        now: datetime,
        said: Said,
        note: str | None = None,
    ) -> Change:
        """Give the conversation to a colleague who is there (`AgentAway`), or back to a queue's front; with a note
        on what is to be known. One who still waits may be given to a colleague by anybody.
        """
        with self._changing(conversation_id) as (connection, conversation, found):
            if found.state is not HandoverState.WAITING or not isinstance(to, Agent):
                _check_may_move(found, by)
            if isinstance(to, Agent):
                target = find_agent(connection, to.id)
                if not target.is_present(now, lifetime=self._presence):
                    raise AgentAway(f"{target.name} is away; choose a queue or somebody else")
                moved = _given(found, target.id, now)
                if found.state is HandoverState.WAITING:
                    announce(connection, CONVERSATION_CLAIMED, moved, at=now, agent=target.id)
            else:
                moved = found.queued_again(now=now, queue=to)
            if note is not None:
                note_down(connection, conversation, by, note, now)
            return self._keep(connection, conversation, moved, said, now=now)

    def reopen(self, conversation_id: str, agent: Agent, *, now: datetime, said: Said) -> Change:
        """Take up a conversation again that a person has owned before; `AlreadyClaimed` when another was faster."""
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id, lock=True)
            found = find_open(connection, conversation_id)
            if found is not None and found.agent_id is not None:
                if found.agent_id == agent.id:
                    return Change(found, Standing(0, None))
                raise AlreadyClaimed(find_agent(connection, found.agent_id).name)
            if found is not None:
                raise NoHandover("the shopper waits again; take the conversation out of the queue")
            before = latest(connection, conversation_id)
            if before is None:
                raise NoHandover("no person was called in this conversation; nothing to reopen")
            call = Call(before.reason, said, self._presence, before.queue)
            begun = begin_handover(connection, conversation, call, now=now)
            reopened = begun.reopened(agent.id, now=now)
            announce(connection, CONVERSATION_CLAIMED, reopened, at=now, agent=agent.id)
            return self._keep(connection, conversation, reopened, said, now=now)

    def finish(
        self, conversation_id: str, by: Agent, ending: Ending, *, now: datetime, said: Said
    ) -> Change:
        """End it by the agent: back to the bot, or closed."""
        with self._changing(conversation_id) as (connection, conversation, found):
            _check_may_move(found, by)
            return self._keep(connection, conversation, found.ended(ending, now=now), said, now=now)

    def leave(
        self,
        conversation_id: str,
        message: Message,
        ending: Ending,
        *,
        now: datetime,
        said: Said | None,
    ) -> Change | None:
        """End a waiting by the shopper's message; None when nothing waited there any more.

        Who leaves for a ticket has the message put to the bot, which begins the form.
        """
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id, lock=True)
            found = _waiting_at(connection, message)
            if found is None:
                return None
            ended = found.ended(ending, now=now)
            if ending is Ending.TICKET:
                keep_handover(connection, ended)
                turn = Turn(message.id, conversation_id, TurnState.QUEUED, 0, queued_at=now)
                connection.execute(insert(turns).values(rows.from_turn(turn)))
                return Change(ended, Standing(0, None))
            return self._keep(connection, conversation, ended, said, now=now, reply_to=message.id)

    def wait_on(
        self, conversation_id: str, message: Message, *, now: datetime, said: Said
    ) -> Change | None:
        """Note that the shopper waits on although it takes longer; None when nothing waited there."""
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id, lock=True)
            found = _waiting_at(connection, message)
            if found is None or _answered(connection, message):
                return None
            waits = found.waits_on(now=now)
            return self._keep(connection, conversation, waits, said, now=now, reply_to=message.id)

    def settle(self, seen: Handover, due: Due, *, now: datetime, said: Said) -> Change | None:
        """Do what is due about a hand-over, and tell the shopper; None when it changed since it was seen."""
        with self._database.writing() as connection:
            conversation = find_conversation(connection, seen.conversation_id, lock=True)
            if find_open(connection, seen.conversation_id) != seen:
                return None
            match due:
                case Due.LATE:
                    settled = seen.told(now=now)
                case Due.NOBODY:
                    settled = seen.ended(Ending.NOBODY, now=now)
                case Due.SILENT | Due.GONE:
                    settled = seen.queued_again(now=now)
            return self._keep(connection, conversation, settled, said, now=now)

    @contextmanager
    def _changing(
        self, conversation_id: str
    ) -> Iterator[tuple[Connection, Conversation, Handover]]:
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id, lock=True)
            found = find_open(connection, conversation_id)
            if found is None:
                raise NoHandover("the bot owns this conversation; there is nothing to take or give")
            yield connection, conversation, found

    def _keep(
        self,
        connection: Connection,
        conversation: Conversation,
        handover: Handover,
        said: Said | None,
        *,
        now: datetime,
        reply_to: int | None = None,
    ) -> Change:
        keep_handover(connection, handover)
        where = standing(connection, handover, now=now, presence=self._presence)
        message = None
        if said is not None:
            message = append_draft(
                connection, conversation, said(handover, where), now=now, reply_to=reply_to
            )
        return Change(handover, where, message)


def _given(found: Handover, agent_id: int, now: datetime) -> Handover:
    """Handed to an agent, out of the queue or out of another's hands."""
    if found.state is HandoverState.WAITING:
        return found.claimed(agent_id, now=now)
    return found.transferred(agent_id, now=now)


def _check_may_move(found: Handover, by: Agent) -> None:
    if found.agent_id != by.id and not by.leads:
        raise NotYours("only who has taken the conversation, or a lead, may give it on")


def _waiting_at(connection: Connection, message: Message) -> Handover | None:
    """The hand-over that waited when this message came, and still does."""
    found = find_open(connection, message.conversation_id)
    if found is None or found.state is not HandoverState.WAITING or found.asked_at > message.at:
        return None
    return found


def _answered(connection: Connection, message: Message) -> bool:
    here = select(messages.c.id).where(messages.c.in_reply_to == message.id)
    return connection.execute(here).first() is not None
