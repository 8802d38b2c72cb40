"""Tickets as agents see them, and what they do with them, as OpenAPI describes it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field

from jawab.desk.agents.schemas import ClientId, Typed, moment_or_none
from jawab.desk.schemas import AttachmentOut, StrictIn, iso_utc
from jawab.support.apps.chat import Fate
from jawab.support.tickets.ticket import (
    Happening,
    Priority,
    Queue,
    Ticket,
    TicketEvent,
    TicketState,
)
from jawab.text.language import Lang

NOTHING: Mapping[int, Fate] = MappingProxyType({})


class TicketBrief(BaseModel):
    """A ticket in a list."""

    reference: str = Field(examples=["JW-K37-W9F2"])
    shop: str
    lang: Lang
    topic: str
    subtopic: str | None
    queue: Queue
    priority: Priority
    state: TicketState
    assignee: str | None = Field(examples=["agent:3"])
    name: str
    opened_at: str
    due_at: str
    conversation_id: str | None
    merged_into: str | None = Field(description="The ticket that goes on in place of this double.")
    snoozed_until: str | None = Field(description="Out of the queue until then.")

    @classmethod
    def of(cls, ticket: Ticket) -> "TicketBrief":
        """A stored ticket."""
        return cls(**_brief(ticket))


class TicketEventOut(BaseModel):
    """One line of a ticket's history."""

    who: str = Field(examples=["shopper", "bot", "agent:3", "system"])
    at: str
    what: Happening
    data: dict[str, Any]
    fate: Fate | None = Field(
        default=None,
        description="How far a reply came in the shopper's messaging app, where known.",
    )

    @classmethod
    def of(cls, event: TicketEvent, fates: Mapping[int, Fate] = NOTHING) -> "TicketEventOut":
        """A stored line; `fates` are those of the conversation's messages."""
        data = dict(event.data)
        fate = fates.get(data.pop("message", 0))
        return cls(who=event.who, at=iso_utc(event.at), what=event.what, data=data, fate=fate)


class TicketFull(TicketBrief):
    """A ticket with everything in it and everything that happened to it."""

    email: str | None
    phone: str | None
    order_number: str | None
    message: str
    attachments: list[AttachmentOut]
    version: int
    history: list[TicketEventOut]
    doubles: list[TicketBrief] = Field(
        description="The same shopper's tickets that this one may be merged into, the latest first."
    )
    names: dict[str, str] = Field(
        description="The names of the agents in it.", examples=[{"agent:3": "سارا"}]
    )

    @classmethod
    def whole(
        cls,
        ticket: Ticket,
        history: tuple[TicketEvent, ...],
        attachments: list[AttachmentOut],
        names: dict[str, str],
        fates: Mapping[int, Fate] = NOTHING,
        doubles: tuple[Ticket, ...] = (),
    ) -> "TicketFull":
        """A stored ticket with its history and its files."""
        return cls(
            **_brief(ticket),
            email=ticket.email,
            phone=ticket.phone,
            order_number=ticket.order_number,
            message=ticket.message,
            attachments=attachments,
            version=ticket.version,
            history=[TicketEventOut.of(event, fates) for event in history],
            doubles=[TicketBrief.of(one) for one in doubles],
            names={who: names[who] for who in sorted(_agents(ticket, history) & set(names))},
        )


class TicketPage(BaseModel):
    """Tickets, the most pressing first; with `more`, ask again after the last one's reference."""

    tickets: list[TicketBrief]
    more: bool


class AssignIn(StrictIn):
    """Whose a ticket is from now on; null: nobody's. A queue moves it there."""

    agent: int | None = None
    queue: Queue | None = None
    version: int | None = Field(default=None, description="Refuse (409) unless it is this version.")


class MergeIn(StrictIn):
    """The ticket that goes on in place of this one."""

    into: str = Field(max_length=64, examples=["JW-K37-W9F2"])
    version: int | None = Field(default=None, description="Refuse (409) unless it is this version.")


class SnoozeIn(StrictIn):
    """Until when a ticket is out of the queue; null: back now."""

    until: AwareDatetime | None
    version: int | None = Field(default=None, description="Refuse (409) unless it is this version.")


class StateIn(StrictIn):
    """A ticket's next state: `solved` solves, `open` takes up or reopens."""

    state: TicketState
    note: Typed | None = Field(default=None, max_length=4000)
    version: int | None = Field(default=None, description="Refuse (409) unless it is this version.")


class TicketReplyIn(StrictIn):
    """What an agent answers to a ticket."""

    client_id: ClientId
    text: Typed
    attachments: list[Annotated[str, Field(max_length=64)]] = Field(
        default=[], max_length=20, description="Ids of files uploaded to this ticket."
    )


def _agents(ticket: Ticket, history: tuple[TicketEvent, ...]) -> set[str]:
    """Who is named in a ticket: its assignee, who did something, who got it and from whom."""
    moved = {str(event.data.get(end)) for event in history for end in ("from", "to")}
    return moved | {event.who for event in history} | {ticket.assignee or ""}


def _brief(ticket: Ticket) -> dict[str, Any]:
    return {
        "reference": ticket.reference,
        "shop": ticket.shop,
        "lang": ticket.lang,
        "topic": ticket.topic,
        "subtopic": ticket.subtopic,
        "queue": ticket.queue,
        "priority": ticket.priority,
        "state": ticket.state,
        "assignee": ticket.assignee,
        "name": ticket.name,
        "opened_at": iso_utc(ticket.opened_at),
        "due_at": iso_utc(ticket.due_at),
        "conversation_id": ticket.conversation_id,
        "merged_into": ticket.merged_into,
        "snoozed_until": moment_or_none(ticket.snoozed_until),
    }
