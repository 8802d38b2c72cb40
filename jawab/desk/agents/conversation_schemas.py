"""A conversation as agents see it, and what they write into it, as OpenAPI describes it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field

from jawab.desk.agents.handover_schemas import HandoverOut
from jawab.desk.agents.persons import PersonOut
from jawab.desk.agents.schemas import ClientId, Typed
from jawab.desk.agents.ticket_schemas import TicketBrief
from jawab.desk.schemas import MessageOut, StrictIn, iso_utc
from jawab.support.apps.chat import Fate
from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.conversations.feedback import Feedback, Reason, Verdict
from jawab.support.conversations.note import Note
from jawab.text.language import Lang


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
    fate: Fate | None = Field(
        default=None,
        description="How far it came in the shopper's messaging app; null where the app has not told.",
    )
    undelivered: str | None = Field(
        default=None,
        description="Why it never reached the shopper's messaging app; null where it did, or is on its way.",
        examples=["blocked"],
    )


class Fates(BaseModel):
    """How far the messages of a conversation came in the shopper's messaging app, by their ids, where that is known."""

    conversation_id: str
    fates: dict[str, Fate]

    @classmethod
    def of(cls, conversation_id: str, fates: Mapping[int, Fate]) -> "Fates":
        """What is stored of them."""
        return cls(
            conversation_id=conversation_id,
            fates={str(message): fate for message, fate in fates.items()},
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


class ConversationOut(BaseModel):
    """A conversation as the agent who takes it sees it: all that was said and is known."""

    id: str
    shop: str
    lang: Lang
    channel: str = Field(examples=["site", "telegram", "email"])
    signed_as: str | None = Field(
        default=None,
        description="The shopper's user id at the shop, which has signed it.",
        examples=["4711"],
    )
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
        description="Tickets of this conversation, of the same person's others, and of the same phone or e-mail address."
    )
    person: PersonOut | None = Field(
        description="What a verified phone or a link has joined to this conversation."
    )

    @classmethod
    def of(cls, conversation: Conversation, **values: Any) -> "ConversationOut":
        """A stored conversation with what belongs to it."""
        return cls(
            id=conversation.id,
            shop=conversation.shop,
            lang=conversation.lang,
            channel=conversation.channel,
            signed_as=conversation.signed_as,
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
