"""A ticket: what a shopper asked to be done, where it stands, and what happened to it. One table says where it may go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Any

from jawab.support.errors import IllegalTransition
from jawab.text.language import Lang

NOTHING: Mapping[str, Any] = MappingProxyType({})

SHOPPER = "shopper"
BOT = "bot"
SYSTEM = "system"


class TicketState(str, Enum):
    """Where a ticket stands."""

    NEW = "new"  # nobody has taken it up
    OPEN = "open"  # an agent works on it
    PENDING = "pending"  # the shopper is to answer
    SOLVED = "solved"  # answered; reopens when the shopper comes back
    CLOSED = "closed"  # over for good


TRANSITIONS: Mapping[TicketState, frozenset[TicketState]] = MappingProxyType(
    {
        TicketState.NEW: frozenset((TicketState.OPEN, TicketState.PENDING, TicketState.SOLVED)),
        TicketState.OPEN: frozenset((TicketState.PENDING, TicketState.SOLVED, TicketState.NEW)),
        TicketState.PENDING: frozenset((TicketState.OPEN, TicketState.SOLVED)),
        TicketState.SOLVED: frozenset((TicketState.OPEN, TicketState.CLOSED)),
        TicketState.CLOSED: frozenset(),
    }
)
LONGEST_SNOOZE = timedelta(days=366)
UNSOLVED = frozenset((TicketState.NEW, TicketState.OPEN, TicketState.PENDING))


class Queue(str, Enum):
    """Whose work a ticket is."""

    SHOPPERS = "shoppers"
    SELLERS = "sellers"
    EXPRESS = "express"
    COMPLAINTS = "complaints"


class Priority(IntEnum):
    """How much it presses."""

    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4


class Origin(str, Enum):
    """Where a ticket was opened."""

    CONVERSATION = "conversation"
    WIDGET = "widget"
    PAGE = "page"
    AGENT = "agent"
    EMAIL = "email"


class Happening(str, Enum):
    """What can happen to a ticket."""

    OPENED = "opened"
    STATE = "state"
    ASSIGNED = "assigned"
    PRIORITY = "priority"
    NOTE = "note"
    REPLY = "reply"
    UNDELIVERED = "undelivered"  # a notice that never reached the shopper
    MERGED = "merged"  # a double: into another, or another into this one
    SPLIT = "split"  # a merge was taken back
    SNOOZED = "snoozed"
    AWOKE = "awoke"


@dataclass(frozen=True)
class NewTicket:
    """What a ticket is opened with. `phone` is in E.164; `message_id` is the shopper's message that opened it, and
    `client_id` the sender's own id for a form: each opens one ticket.
    """

    shop: str
    lang: Lang
    topic: str
    queue: Queue
    name: str
    message: str
    origin: Origin
    at: datetime
    subtopic: str | None = None
    email: str | None = None
    phone: str | None = None
    order_number: str | None = None
    attachments: tuple[str, ...] = ()
    conversation_id: str | None = None
    message_id: int | None = None
    client_id: str | None = None
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True, kw_only=True)
class Ticket(NewTicket):
    """A stored ticket. `due_at` is when an answer is promised; `version` grows with every change."""

    reference: str
    state: TicketState
    due_at: datetime
    updated_at: datetime
    assignee: str | None = None
    version: int = 1
    merged_into: str | None = None
    snoozed_until: datetime | None = None

    @property
    def opened_at(self) -> datetime:
        """When it was opened."""
        return self.at

    @property
    def sleeps(self) -> bool:
        """Whether it is out of the queue for a while."""
        return self.snoozed_until is not None

    def move_to(self, state: TicketState) -> "Ticket":
        """The ticket in its next state, or `IllegalTransition`."""
        if state not in TRANSITIONS[self.state]:
            raise IllegalTransition(
                f"ticket {self.reference}: no way from {self.state.value} to {state.value}"
            )
        asleep = self.snoozed_until if state in UNSOLVED else None
        return replace(self, state=state, snoozed_until=asleep)

    def snoozed(self, until: datetime, *, now: datetime) -> "Ticket":
        """The ticket out of the queue until then, or `IllegalTransition`: what is solved, the past, and what is more than a year
        away cannot be waited for.
        """
        if self.state not in UNSOLVED or not now < until <= now + LONGEST_SNOOZE:
            raise IllegalTransition(f"ticket {self.reference}: only what is open waits for later")
        return replace(self, snoozed_until=until)

    def awake(self) -> "Ticket":
        """The ticket back in the queue."""
        return replace(self, snoozed_until=None)

    def is_double_of(self, other: "Ticket") -> bool:
        """Whether both may be one: another ticket of the same shopper (conversation, phone or e-mail) at the same shop, neither
        of them one with another already, and the one that goes on not over for good.
        """
        same = [
            (self.conversation_id, other.conversation_id),
            (self.phone, other.phone),
            (self.email, other.email),
        ]
        return (
            self.reference != other.reference
            and self.shop == other.shop
            and any(mine is not None and mine == theirs for mine, theirs in same)
            and self.merged_into is None
            and other.merged_into is None
            and other.state is not TicketState.CLOSED
        )

    def merged(self, into: "Ticket") -> tuple["Ticket", "Ticket"]:
        """This ticket, over and pointing to the other, and the other as it goes on: as pressing and as soon due as either; open
        again if it was solved and this one was not. `IllegalTransition` unless they are doubles.
        """
        if not self.is_double_of(into):
            raise IllegalTransition(
                f"ticket {self.reference}: {into.reference} is no double of it that goes on"
            )
        over = replace(
            self, state=TicketState.CLOSED, merged_into=into.reference, snoozed_until=None
        )
        if self.state not in UNSOLVED:
            return over, into
        again = TicketState.OPEN if into.state is TicketState.SOLVED else into.state
        return over, replace(
            into,
            state=again,
            priority=max(self.priority, into.priority),
            due_at=min(self.due_at, into.due_at),
            snoozed_until=None,
        )

    def split(self, state: TicketState) -> "Ticket":
        """The ticket by itself again, as it was before it was merged; `IllegalTransition` if it was not."""
        if self.merged_into is None:
            raise IllegalTransition(f"ticket {self.reference} is one with no other")
        return replace(self, state=state, merged_into=None)


@dataclass(frozen=True)
class TicketEvent:
    """One line of a ticket's history: `who` is shopper, bot, system or agent:<id>."""

    reference: str
    who: str
    at: datetime
    what: Happening
    data: Mapping[str, Any] = field(default=NOTHING)


@dataclass(frozen=True)
class Known:
    """What a conversation's earlier tickets already tell of the shopper, so that it is not asked again."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    order_number: str | None = None

    @classmethod
    def told_by(cls, tickets: Iterable["Ticket"]) -> "Known":
        """What these tickets tell, the latest word of each; they come oldest first."""
        known = cls()
        for ticket in tickets:
            known = cls(
                name=ticket.name,
                email=ticket.email or known.email,
                phone=ticket.phone or known.phone,
                order_number=ticket.order_number or known.order_number,
            )
        return known

    def as_values(self) -> dict[str, str]:
        """What is known, by field."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in found.items() if value is not None}


def agent(id: str) -> str:
    """How an agent is named in a ticket's history."""
    return f"agent:{id}"
