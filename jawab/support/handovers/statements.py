"""The statements about hand-overs, each on a connection whose transaction the caller holds.

Whoever changes a hand-over has locked its conversation's row before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from jawab.support.agents.store import present_agents
from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.conversations.message import Draft
from jawab.support.deliveries import outbox
from jawab.support.deliveries.notices import (
    CONVERSATION_CALLED,
    CONVERSATION_RETURNED,
    of_conversation,
)
from jawab.support.handovers.handover import (
    Ending,
    Handover,
    HandoverState,
    Reason,
    expected_wait,
    in_order,
    place,
)
from jawab.support.handovers.tables import handovers
from jawab.support.prepared import Prepared
from jawab.support.tables import conversations
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

OPEN = [HandoverState.WAITING.value, HandoverState.ACTIVE.value]
_RECENT = timedelta(days=1)
_WAITS = 20
_WAITING = select(handovers).where(handovers.c.state == HandoverState.WAITING.value)
_ALL_WAITING = Prepared(_WAITING)


@dataclass(frozen=True)
class Standing:
    """Where a hand-over stands in its queue, and how long it will take; None when nobody can say."""

    place: int
    wait: timedelta | None


# What the desk says to the shopper about a hand-over.
Said: TypeAlias = Callable[[Handover, Standing], Draft]


@dataclass(frozen=True)
class Call:
    """A person is called: why, into which queue, what is said to the shopper, and how long presence lasts."""

    reason: Reason
    said: Said
    presence: timedelta
    queue: Queue = Queue.SHOPPERS


def find_open(connection: Connection, conversation_id: str) -> Handover | None:
    """The conversation's open hand-over."""
    row = connection.execute(
        select(handovers).where(
            handovers.c.conversation_id == conversation_id, handovers.c.state.in_(OPEN)
        )
    ).first()
    return to_handover(row) if row else None


def latest(connection: Connection, conversation_id: str) -> Handover | None:
    """The conversation's last hand-over, over or not."""
    here = handovers.c.conversation_id == conversation_id
    row = connection.execute(
        select(handovers).where(here).order_by(handovers.c.id.desc()).limit(1)
    ).first()
    return to_handover(row) if row else None


def begin_handover(
    connection: Connection, conversation: Conversation, call: Call, *, now: datetime
) -> Handover:
    """Put a conversation into the queue; a person owns it from now on."""
    values = {
        "conversation_id": conversation.id,
        "shop": conversation.shop,
        "lang": conversation.lang.value,
        "reason": call.reason.value,
        "queue": call.queue.value,
        "state": HandoverState.WAITING.value,
        "asked_at": now,
        "waiting_since": now,
        "front": False,
    }
    made = connection.execute(insert(handovers).values(values)).inserted_primary_key[0]
    own(connection, conversation.id, Owner.HUMAN)
    row = connection.execute(select(handovers).where(handovers.c.id == made)).one()
    begun = to_handover(row)
    announce(connection, CONVERSATION_CALLED, begun, at=now, reason=begun.reason.value)
    return begun


def keep_handover(connection: Connection, handover: Handover) -> None:
    """Write a hand-over's new state; an ended one gives the conversation back to the bot."""
    connection.execute(
        update(handovers).where(handovers.c.id == handover.id).values(_from_handover(handover))
    )
    if handover.ended_at is not None and handover.ending is not None:
        own(connection, handover.conversation_id, Owner.BOT)
        announce(
            connection,
            CONVERSATION_RETURNED,
            handover,
            at=handover.ended_at,
            ending=handover.ending.value,
        )


def announce(
    connection: Connection, event: str, handover: Handover, *, at: datetime, **more: Any
) -> None:
    """Put into the outbox what happened to the hand-over's conversation."""
    told = of_conversation(
        event,
        handover.conversation_id,
        shop=handover.shop,
        lang=handover.lang,
        at=at,
        queue=handover.queue.value,
        **more,
    )
    outbox.put(connection, (told,))


def own(connection: Connection, conversation_id: str, owner: Owner) -> None:
    """Let the bot or a person own a conversation."""
    connection.execute(
        update(conversations).where(conversations.c.id == conversation_id).values(owner=owner.value)
    )


def standing(
    connection: Connection, handover: Handover, *, now: datetime, presence: timedelta
) -> Standing:
    """Where a hand-over that waits stands; one that does not has no place (0)."""
    if handover.state is not HandoverState.WAITING:
        return Standing(0, None)
    here = place(handover, waiting(connection, shop=handover.shop, queue=handover.queue))
    recent = connection.execute(
        select(handovers.c.asked_at, handovers.c.first_claimed_at)
        .where(handovers.c.shop == handover.shop, handovers.c.first_claimed_at > now - _RECENT)
        .order_by(handovers.c.first_claimed_at.desc())
        .limit(_WAITS)
    )
    waits = [row.first_claimed_at - row.asked_at for row in recent]
    agents = sum(
        agent.serves(handover.shop, handover.queue)
        for agent in present_agents(connection, now=now, lifetime=presence)
    )
    return Standing(here, expected_wait(here, waits, agents=agents))


def waiting(
    connection: Connection, *, shop: str | None = None, queue: Queue | None = None
) -> tuple[Handover, ...]:
    """Those who wait, the next one first."""
    if shop is None and queue is None:
        return in_order(map(to_handover, _ALL_WAITING.all(connection, {})))
    query = _WAITING
    if shop is not None:
        query = query.where(handovers.c.shop == shop)
    if queue is not None:
        query = query.where(handovers.c.queue == queue.value)
    return in_order(map(to_handover, connection.execute(query)))


def to_handover(row: Any) -> Handover:
    """A row of `handovers`."""
    return Handover(
        id=row.id,
        conversation_id=row.conversation_id,
        shop=row.shop,
        lang=Lang(row.lang),
        reason=Reason(row.reason),
        queue=Queue(row.queue),
        asked_at=row.asked_at,
        waiting_since=row.waiting_since,
        state=HandoverState(row.state),
        front=row.front,
        agent_id=row.agent_id,
        claimed_at=row.claimed_at,
        first_claimed_at=row.first_claimed_at,
        unanswered_since=row.unanswered_since,
        told_at=row.told_at,
        ended_at=row.ended_at,
        ending=Ending(row.ending) if row.ending else None,
    )


def _from_handover(handover: Handover) -> dict[str, Any]:
    return {
        "queue": handover.queue.value,
        "state": handover.state.value,
        "waiting_since": handover.waiting_since,
        "front": handover.front,
        "agent_id": handover.agent_id,
        "claimed_at": handover.claimed_at,
        "first_claimed_at": handover.first_claimed_at,
        "unanswered_since": handover.unanswered_since,
        "told_at": handover.told_at,
        "ended_at": handover.ended_at,
        "ending": handover.ending.value if handover.ending else None,
    }
