"""What the agents' API takes and gives, as OpenAPI describes it.

Longer than other modules: one small class after another, which are read together.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from jawab.desk.schemas import AttachmentOut, MessageOut, StrictIn, iso_utc, storable_text
from jawab.support.agent import Agent, Presence, Role
from jawab.support.conversation import Conversation, Owner
from jawab.support.feedback import Feedback, Reason, Verdict
from jawab.support.handover import Ending, Handover, HandoverState
from jawab.support.handover import Reason as HandoverReason
from jawab.support.note import Note
from jawab.support.ticket import Happening, Priority, Queue, Ticket, TicketEvent, TicketState
from jawab.text.language import Lang

Typed = Annotated[str, BeforeValidator(storable_text)]
ClientId = Annotated[
    str,
    Field(
        pattern=r"^[!-~]{1,40}$",
        description="The sender's own id for this message: sent again, it is not stored again.",
        examples=["d1-1"],
    ),
]


class SignIn(StrictIn):
    """Who signs in. With `cookie` a browser keeps the token, which then is not in the answer."""

    login: Typed = Field(min_length=1, max_length=80, examples=["sara"])
    password: str = Field(min_length=1, max_length=1000)
    cookie: bool = False


class AgentOut(BaseModel):
    """An agent as colleagues know them. No shops, queues or languages named: all of them."""

    id: int
    login: str
    name: str
    role: Role
    shops: list[str]
    queues: list[Queue]
    languages: list[Lang]
    present: bool = Field(description="Online, and heard of lately.")

    @classmethod
    def of(cls, agent: Agent, *, present: bool) -> "AgentOut":
        """What colleagues may see."""
        return cls(
            id=agent.id,
            login=agent.login,
            name=agent.name,
            role=agent.role,
            shops=list(agent.shops),
            queues=list(agent.queues),
            languages=list(agent.languages),
            present=present,
        )


class SignedIn(BaseModel):
    """The agent, and the token for programs: `Authorization: Bearer …` in every further request."""

    token: str | None
    expires_at: str = Field(description="ISO 8601, UTC.")
    agent: AgentOut


class PresenceIn(StrictIn):
    """What the agent says of themselves; it ends by itself without an open event stream."""

    presence: Presence


class HandoverOut(BaseModel):
    """A hand-over; `place` while it waits, `agent` while somebody has it."""

    id: int
    conversation_id: str
    shop: str
    lang: Lang
    reason: HandoverReason
    queue: Queue
    state: HandoverState
    asked_at: str
    waiting_since: str
    place: int | None = None
    agent: str | None = Field(default=None, description="The name of the agent who has it.")
    agent_id: int | None = None
    unanswered_since: str | None = Field(description="Since when the shopper waits for a word.")
    ended_at: str | None
    ending: Ending | None

    @classmethod
    def of(
        cls, handover: Handover, *, names: dict[int, str], place: int | None = None
    ) -> "HandoverOut":
        """A stored hand-over."""
        return cls(
            id=handover.id,
            conversation_id=handover.conversation_id,
            shop=handover.shop,
            lang=handover.lang,
            reason=handover.reason,
            queue=handover.queue,
            state=handover.state,
            asked_at=iso_utc(handover.asked_at),
            waiting_since=iso_utc(handover.waiting_since),
            place=place,
            agent=names.get(handover.agent_id or 0),
            agent_id=handover.agent_id,
            unanswered_since=_moment(handover.unanswered_since),
            ended_at=_moment(handover.ended_at),
            ending=handover.ending,
        )


class Counts(BaseModel):
    """How much there is to do."""

    waiting: int
    mine: int
    tickets: dict[Queue, int] = Field(description="Tickets that are not solved, by queue.")


class Queues(BaseModel):
    """Who waits, in the order of taking, and whom this agent answers."""

    counts: Counts
    waiting: list[HandoverOut]
    mine: list[HandoverOut]


class HandoverPage(BaseModel):
    """Hand-overs; with `more`, ask again with the last one's id."""

    handovers: list[HandoverOut]
    more: bool


class EntityOut(BaseModel):
    """Something named in a message's text at `[start:end]`."""

    kind: str = Field(examples=["order_number"])
    value: str
    start: int
    end: int


class Candidate(BaseModel):
    """An intent the message may have."""

    intent: str
    confidence: float


class Understanding(BaseModel):
    """How the bot understood a shopper's message, as far as it was asked."""

    intent: str | None
    confidence: float | None
    outcome: str | None = Field(examples=["answered", "offered", "not_understood"])
    candidates: list[Candidate]
    entities: list[EntityOut]


class FeedbackOut(BaseModel):
    """The shopper's verdict on a message of the bot."""

    value: Verdict
    reason: Reason | None
    comment: str | None

    @classmethod
    def of(cls, given: Feedback) -> "FeedbackOut":
        """A stored verdict."""
        return cls(value=given.value, reason=given.reason, comment=given.comment)


class AgentsMessage(MessageOut):
    """A message with what is known about it."""

    lang: Lang
    understanding: Understanding | None
    feedback: FeedbackOut | None
    undelivered: str | None = Field(
        default=None,
        description="Why it never reached the shopper's messaging app; null where it did, or is on its way.",
        examples=["blocked"],
    )


class MessageOfConversation(BaseModel):
    """A message in the agents' event stream."""

    conversation_id: str
    message: MessageOut


class Typing(BaseModel):
    """The agent's conversations whose shopper is typing."""

    conversations: list[str]


class NoteOut(BaseModel):
    """A note that only agents read."""

    id: int
    agent: str
    text: str
    at: str

    @classmethod
    def of(cls, note: Note) -> "NoteOut":
        """A stored note."""
        return cls(id=note.id, agent=note.agent_name, text=note.text, at=iso_utc(note.at))


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

    @classmethod
    def of(cls, event: TicketEvent) -> "TicketEventOut":
        """A stored line."""
        return cls(who=event.who, at=iso_utc(event.at), what=event.what, data=dict(event.data))


class TicketFull(TicketBrief):
    """A ticket with everything in it and everything that happened to it."""

    email: str | None
    phone: str | None
    order_number: str | None
    message: str
    attachments: list[AttachmentOut]
    version: int
    history: list[TicketEventOut]
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
            history=[TicketEventOut.of(event) for event in history],
            names={who: names[who] for who in sorted(_agents(ticket, history) & set(names))},
        )


class TicketPage(BaseModel):
    """Tickets, the most pressing first; with `more`, ask again after the last one's reference."""

    tickets: list[TicketBrief]
    more: bool


class ConversationOut(BaseModel):
    """A conversation as the agent who takes it sees it: all that was said and is known."""

    id: str
    shop: str
    lang: Lang
    owner: Owner
    created_at: str
    handover: HandoverOut | None = Field(description="The open hand-over.")
    handovers: list[HandoverOut] = Field(description="All of them, oldest first.")
    messages: list[AgentsMessage]
    more: bool = Field(
        description="Whether there are messages after these: ask again with `after`."
    )
    notes: list[NoteOut]
    tickets: list[TicketBrief] = Field(
        description="Tickets of this conversation, and of the same phone or e-mail address."
    )

    @classmethod
    def of(cls, conversation: Conversation, **values: Any) -> "ConversationOut":
        """A stored conversation with what belongs to it."""
        return cls(
            id=conversation.id,
            shop=conversation.shop,
            lang=conversation.lang,
            owner=conversation.owner,
            created_at=iso_utc(conversation.created_at),
            **values,
        )


class ReplyIn(StrictIn):
    """What an agent writes to the shopper: words, files or both."""

    client_id: ClientId
    text: Typed = ""
    attachments: list[Annotated[str, Field(max_length=64)]] = Field(
        default=[],
        max_length=20,
        description="Ids of files uploaded to this conversation; the text may then be left out.",
    )


class NoteIn(StrictIn):
    """What an agent notes for colleagues."""

    text: Typed = Field(min_length=1, max_length=4000)


class TransferIn(StrictIn):
    """To whom a conversation is given: a colleague who is there, or a queue."""

    agent: int | None = None
    queue: Queue | None = None
    note: Typed | None = Field(default=None, max_length=4000)

    @model_validator(mode="after")
    def _one_goal(self) -> "TransferIn":
        if (self.agent is None) == (self.queue is None):
            raise ValueError("give an agent or a queue")
        return self


class AssignIn(StrictIn):
    """Whose a ticket is from now on; null: nobody's. A queue moves it there."""

    agent: int | None = None
    queue: Queue | None = None
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


Scope = Literal["waiting", "mine", "missed"]


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
    }


def _moment(at: datetime | None) -> str | None:
    return iso_utc(at) if at is not None else None
