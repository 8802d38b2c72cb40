"""The same person in other conversations, as agents see it, and how they separate what does not belong together."""

import structlog
from fastapi import APIRouter
from pydantic import BaseModel, Field

from jawab.desk.agents.access import Served, Signed
from jawab.desk.agents.sessions import ERRORS
from jawab.desk.hub import AGENTS, QUEUE, News
from jawab.desk.schemas import iso_utc
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.support.conversations.conversation import Conversation
from jawab.support.persons.person import Event, Member, Proof, What

log = structlog.get_logger()

router = APIRouter(prefix="/api/v1/agent/conversations", tags=["agents"], responses=ERRORS)
_SHOWN = 20


class PersonsConversation(BaseModel):
    """One of a person's conversations."""

    id: str
    channel: str = Field(examples=["telegram"])
    began: str
    proof: Proof = Field(
        description="phone: its app vouches for the number; opened, made: a link was opened or made in it."
    )
    apart: bool = Field(description="An agent has separated it.")


class JoiningOut(BaseModel):
    """What joined this conversation to others, or separated it."""

    who: str = Field(
        description="An agent's name, the messaging app's account that vouched, or link."
    )
    what: What
    at: str

    @classmethod
    def of(cls, event: Event) -> "JoiningOut":
        """A line of the history."""
        return cls(who=event.who, what=event.what, at=iso_utc(event.at))


class PersonOut(BaseModel):
    """Who the shopper is in other conversations of the shop."""

    phone: str | None = Field(description="Verified by a messaging app.")
    apart: bool = Field(description="Whether an agent has separated this conversation.")
    conversations: list[PersonsConversation] = Field(description="The others, the latest first.")
    history: list[JoiningOut] = Field(description="Of this conversation, the latest first.")


@router.post("/{conversation_id}/separate")
async def separate(conversation: Served, agent: Signed, desk: Desk) -> PersonOut | None:
    """This conversation is another person's: neither a phone nor a link joins it to this one again."""
    now = desk.clock()
    await in_thread(desk.persons.separate, conversation.id, who=agent.name, now=now)
    log.info("person.separated", conversation=conversation.id, agent=agent.id)
    desk.hub.publish(AGENTS, News(QUEUE))
    return await in_thread(person_of, desk, conversation)


@router.post("/{conversation_id}/rejoin")
async def rejoin(conversation: Served, agent: Signed, desk: Desk) -> PersonOut | None:
    """Take a separation back."""
    now = desk.clock()
    await in_thread(desk.persons.rejoin, conversation.id, who=agent.name, now=now)
    log.info("person.rejoined", conversation=conversation.id, agent=agent.id)
    desk.hub.publish(AGENTS, News(QUEUE))
    return await in_thread(person_of, desk, conversation)


def person_of(desk: Services, conversation: Conversation) -> PersonOut | None:
    """Whose conversation this is, as far as anything has joined it to others."""
    family = desk.persons.family_of(conversation.id)
    here = next((one for one in family if one.conversation_id == conversation.id), None)
    if here is None:
        return None
    others = [one for one in reversed(family) if one is not here]
    return PersonOut(
        phone=here.person.phone if here.proof is Proof.PHONE or not here.apart else None,
        apart=here.apart,
        conversations=[_shown(desk, one) for one in others[:_SHOWN]],
        history=[JoiningOut.of(event) for event in desk.persons.history(conversation.id)],
    )


def joined_to(desk: Services, conversation: Conversation) -> tuple[str, ...]:
    """The conversations of the same person, this one first; what is kept apart is none of them."""
    family = [one for one in desk.persons.family_of(conversation.id) if not one.apart]
    ids = [one.conversation_id for one in family]
    return (
        conversation.id,
        *(id for id in ids if conversation.id in ids and id != conversation.id),
    )


def _shown(desk: Services, member: Member) -> PersonsConversation:
    other = desk.store.conversation(member.conversation_id)
    return PersonsConversation(
        id=other.id,
        channel=other.channel,
        began=iso_utc(other.created_at),
        proof=member.proof,
        apart=member.apart,
    )
