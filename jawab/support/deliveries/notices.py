"""Which notices an event gives rise to: an e-mail to the shopper, a webhook to the owner's own systems, a
line to the shop's people."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any

from jawab.support.deliveries.delivery import Carrier, Parcel
from jawab.support.tickets.ticket import Happening, Origin, Ticket, TicketEvent, TicketState
from jawab.text.lang import Lang

AGENT_PREFIX = "agent:"


class Notice(str, Enum):
    """What a shopper is told by e-mail."""

    OPENED = "opened"
    ANSWERED = "answered"
    SOLVED = "solved"


TICKET_EVENTS: Mapping[Happening, str] = MappingProxyType(
    {
        Happening.OPENED: "ticket.opened",
        Happening.STATE: "ticket.state_changed",
        Happening.ASSIGNED: "ticket.assigned",
        Happening.PRIORITY: "ticket.priority_changed",
        Happening.NOTE: "ticket.noted",
        Happening.REPLY: "ticket.replied",
        Happening.UNDELIVERED: "ticket.undelivered",
        Happening.MERGED: "ticket.merged",
        Happening.SPLIT: "ticket.split",
        Happening.SNOOZED: "ticket.snoozed",
        Happening.AWOKE: "ticket.awoke",
    }
)
CONVERSATION_OPENED = "conversation.opened"
CONVERSATION_CALLED = "conversation.called"
CONVERSATION_CLAIMED = "conversation.claimed"
CONVERSATION_RETURNED = "conversation.returned"
CONVERSATION_RATED = "conversation.rated"


def of_ticket(ticket: Ticket, event: TicketEvent, number: int) -> Iterator[Parcel]:
    """The notices of one line of a ticket's history; `number` is the line's own."""
    data = {**described(ticket), "who": event.who, **_told(event)}
    yield Parcel(
        Carrier.WEBHOOK,
        TICKET_EVENTS[event.what],
        ticket.reference,
        {"ticket": data}
        if event.what is not Happening.OPENED
        else {"ticket": {**data, **_said(ticket)}},
        event.at,
    )
    notice = notice_of(event)
    if notice is not None:
        short = {"notice": notice.value, "reference": ticket.reference}
        yield Parcel(Carrier.TEAM, f"ticket.{notice.value}", ticket.shop, short, event.at)
    if notice is not None and ticket.email and not _in_its_thread(ticket, notice):
        written = {"notice": notice.value, "number": number}
        if notice is Notice.ANSWERED:
            written["answer"] = event.data["text"]
        name = f"ticket.{notice.value}"
        yield Parcel(Carrier.MAIL, name, ticket.reference, written, event.at)


def of_conversation(
    event: str, id: str, *, shop: str, lang: Lang, at: datetime, **more: Any
) -> Parcel:
    """The notice of something that happened to a conversation."""
    told = {"id": id, "shop": shop, "lang": lang.value, **more}
    return Parcel(Carrier.WEBHOOK, event, id, {"conversation": told}, at)


def notice_of(event: TicketEvent) -> Notice | None:
    """What the shopper is told of this line of the history, None for what is none of their business."""
    if event.what is Happening.OPENED:
        return Notice.OPENED
    if event.what is Happening.REPLY and event.who.startswith(AGENT_PREFIX):
        return Notice.ANSWERED
    if event.what is Happening.STATE and event.data["to"] == TicketState.SOLVED.value:
        return Notice.SOLVED
    return None


def _in_its_thread(ticket: Ticket, notice: Notice) -> bool:
    """Whether the shopper is told by the conversation itself: one by e-mail answers each mail, and sends what agents write."""
    return ticket.origin is Origin.EMAIL and notice is not Notice.SOLVED


def described(ticket: Ticket) -> dict[str, Any]:
    """A ticket in values that JSON holds, without its words and without how to reach the shopper."""
    return {
        "reference": ticket.reference,
        "shop": ticket.shop,
        "lang": ticket.lang.value,
        "topic": ticket.topic,
        "subtopic": ticket.subtopic,
        "queue": ticket.queue.value,
        "state": ticket.state.value,
        "priority": ticket.priority.name.lower(),
        "assignee": ticket.assignee,
        "origin": ticket.origin.value,
        "order_number": ticket.order_number,
        "conversation": ticket.conversation_id,
        "opened_at": ticket.opened_at.isoformat(),
        "due_at": ticket.due_at.isoformat(),
    }


def _said(ticket: Ticket) -> dict[str, Any]:
    return {
        "name": ticket.name,
        "email": ticket.email,
        "phone": ticket.phone,
        "message": ticket.message,
    }


def _told(event: TicketEvent) -> dict[str, Any]:
    """What changed. A note's words are for agents alone."""
    if event.what is Happening.STATE:
        return {"from": event.data["from"]}
    if event.what is Happening.REPLY:
        return {"text": event.data["text"]}
    if event.what is Happening.UNDELIVERED:
        return {"notice": event.data["notice"], "problem": event.data["problem"]}
    return {}
