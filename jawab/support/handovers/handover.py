"""A hand-over: a conversation on its way from the bot to a person, and back. One table says which ways there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from math import ceil
from statistics import median

from jawab.support.errors import IllegalTransition
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

_ENOUGH_WAITS = 3
_MINUTE = timedelta(minutes=1)


class HandoverState(str, Enum):
    """Where a hand-over stands."""

    WAITING = "waiting"  # in the queue
    ACTIVE = "active"  # an agent has taken it
    ENDED = "ended"


class Reason(str, Enum):
    """Why a person was called."""

    ASKED = "asked"
    ANGRY = "angry"
    MISUNDERSTOOD = "misunderstood"
    THUMBS_DOWN = "thumbs_down"
    OTHER = "other"


class Ending(str, Enum):
    """How a hand-over ended; the bot answers again after each of them."""

    RETURNED = "returned"  # the agent gave it back to the bot
    CLOSED = "closed"  # the agent is through with it
    STOPPED = "stopped"  # the shopper no longer waits
    TICKET = "ticket"  # the shopper opens a ticket instead
    NOBODY = "nobody"  # nobody came


TRANSITIONS: Mapping[HandoverState, frozenset[HandoverState]] = {
    HandoverState.WAITING: frozenset((HandoverState.ACTIVE, HandoverState.ENDED)),
    HandoverState.ACTIVE: frozenset(HandoverState),
    HandoverState.ENDED: frozenset(),
}
# What only a shopper who waits can choose, and what only an agent who has taken it.
_ENDINGS: Mapping[HandoverState, frozenset[Ending]] = {
    HandoverState.WAITING: frozenset((Ending.STOPPED, Ending.TICKET, Ending.NOBODY)),
    HandoverState.ACTIVE: frozenset((Ending.RETURNED, Ending.CLOSED)),
    HandoverState.ENDED: frozenset(),
}


@dataclass(frozen=True)
class Handover:
    """One hand-over.

    `asked_at` decides the place in the queue, `waiting_since` (the present wait's beginning) the deadlines.
    `unanswered_since` is since when the agent owes the shopper a word; `told_at` when the shopper was
    told that it takes longer than promised.
    """

    id: int
    conversation_id: str
    shop: str
    lang: Lang
    reason: Reason
    queue: Queue
    asked_at: datetime
    waiting_since: datetime
    state: HandoverState = HandoverState.WAITING
    front: bool = False
    agent_id: int | None = None
    claimed_at: datetime | None = None
    first_claimed_at: datetime | None = None
    unanswered_since: datetime | None = None
    told_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None

    @property
    def is_open(self) -> bool:
        """Whether a person owns the conversation, or is awaited."""
        return self.state is not HandoverState.ENDED

    def claimed(self, agent_id: int, *, now: datetime) -> "Handover":
        """Taken out of the queue by this agent, who owes the shopper a word from now on."""
        if self.state is not HandoverState.WAITING:
            raise self._illegal(HandoverState.ACTIVE)
        return self._with_agent(agent_id, now)

    def transferred(self, agent_id: int, *, now: datetime) -> "Handover":
        """Given by one agent straight to another."""
        if self.state is not HandoverState.ACTIVE:
            raise self._illegal(HandoverState.ACTIVE)
        return self._with_agent(agent_id, now)

    def reopened(self, agent_id: int, *, now: datetime) -> "Handover":
        """Taken up again by an agent after it was over. Nobody has waited, so no first claim counts as a wait."""
        if self.state is not HandoverState.WAITING:
            raise self._illegal(HandoverState.ACTIVE)
        return replace(self._with_agent(agent_id, now), first_claimed_at=None)

    def queued_again(self, *, now: datetime, queue: Queue | None = None) -> "Handover":
        """Back in the queue, in front of those who were never talked to: the agent is gone, or gave it on."""
        if self.state is not HandoverState.ACTIVE:
            raise self._illegal(HandoverState.WAITING)
        return replace(
            self,
            state=HandoverState.WAITING,
            queue=queue or self.queue,
            front=True,
            agent_id=None,
            claimed_at=None,
            unanswered_since=None,
            waiting_since=now,
            told_at=None,
        )

    def spoken_to(self, *, now: datetime) -> "Handover":
        """The shopper has written; the first message without an answer starts the clock."""
        if self.state is not HandoverState.ACTIVE:
            return self
        return replace(self, unanswered_since=self.unanswered_since or now)

    def answered(self) -> "Handover":
        """The agent has written."""
        return replace(self, unanswered_since=None)

    def told(self, *, now: datetime) -> "Handover":
        """The shopper knows that it takes longer than promised."""
        return replace(self, told_at=now)

    def waits_on(self, *, now: datetime) -> "Handover":
        """The shopper knows that it takes longer, and waits all the same."""
        return replace(self, waiting_since=now, told_at=now)

    def ended(self, ending: Ending, *, now: datetime) -> "Handover":
        """Over, in one of the ways that are open in this state."""
        if ending not in _ENDINGS[self.state]:
            raise self._illegal(HandoverState.ENDED, ending.value)
        return replace(
            self,
            state=HandoverState.ENDED,
            ending=ending,
            ended_at=now,
            unanswered_since=None,
        )

    def _with_agent(self, agent_id: int, now: datetime) -> "Handover":
        return replace(
            self,
            state=HandoverState.ACTIVE,
            agent_id=agent_id,
            claimed_at=now,
            first_claimed_at=self.first_claimed_at or now,
            unanswered_since=now,
        )

    def _illegal(self, goal: HandoverState, how: str = "") -> IllegalTransition:
        way = f"{goal.value} ({how})" if how else goal.value
        return IllegalTransition(f"hand-over {self.id}: no way from {self.state.value} to {way}")


@dataclass(frozen=True)
class Patience:
    """How long is waited before something is done: `promised` and `limit` for somebody to take it, `silence`
    for an agent's answer, `absence` for an agent whose page is gone.
    """

    promised: timedelta
    limit: timedelta
    silence: timedelta
    absence: timedelta


class Due(str, Enum):
    """What has to be done about a hand-over that waited too long."""

    LATE = "late"  # nobody took it within the promised time: tell the shopper
    NOBODY = "nobody"  # nobody will: end it
    SILENT = "silent"  # the agent says nothing: back to the queue
    GONE = "gone"  # the agent is away: back to the queue


def due(
    handover: Handover,
    *,
    now: datetime,
    patience: Patience,
    chat_open: bool,
    agent_seen_at: datetime | None = None,
) -> Due | None:
    """What is due about this hand-over, None when it may go on.

    `chat_open` is the live chat's calendar: when it closes, those who wait are not kept waiting, while an
    agent may finish. `agent_seen_at` is when the agent's page was last heard of.
    """
    if handover.state is HandoverState.WAITING:
        waited = now - handover.waiting_since
        if not chat_open or waited >= max(patience.limit, patience.promised):
            return Due.NOBODY
        return Due.LATE if handover.told_at is None and waited >= patience.promised else None
    if handover.state is HandoverState.ACTIVE:
        claimed = handover.claimed_at or handover.asked_at
        if now - max(agent_seen_at or claimed, claimed) >= patience.absence:
            return Due.GONE
        since = handover.unanswered_since
        return Due.SILENT if since is not None and now - since >= patience.silence else None
    return None


def in_order(waiting: Iterable[Handover]) -> tuple[Handover, ...]:
    """Those who wait, in the order in which they are to be taken."""
    still = (one for one in waiting if one.state is HandoverState.WAITING)
    return tuple(sorted(still, key=lambda one: (not one.front, one.asked_at, one.id)))


def place(handover: Handover, waiting: Iterable[Handover]) -> int:
    """The place in the queue, 1 for the next one."""
    return 1 + [one.id for one in in_order(waiting)].index(handover.id)


def expected_wait(place: int, recent: Sequence[timedelta], *, agents: int) -> timedelta | None:
    """How long it will take, in whole minutes, from the latest waits; None when nobody can honestly say.

    >>> expected_wait(2, [timedelta(seconds=40)] * 5, agents=1)
    datetime.timedelta(seconds=120)
    """
    if len(recent) < _ENOUGH_WAITS or agents < 1:
        return None
    typical = median(wait / _MINUTE for wait in recent)
    return max(1, ceil(typical * ceil(place / agents))) * _MINUTE
