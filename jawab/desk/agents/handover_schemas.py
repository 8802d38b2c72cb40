"""Hand-overs as the agents' API gives them, and what moves them, as OpenAPI describes it."""

from typing import Literal

from pydantic import BaseModel, Field, model_validator

from jawab.desk.agents.schemas import Typed, moment_or_none
from jawab.desk.schemas import StrictIn, iso_utc
from jawab.support.handovers.handover import Ending, Handover, HandoverState
from jawab.support.handovers.handover import Reason as HandoverReason
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang


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
            unanswered_since=moment_or_none(handover.unanswered_since),
            ended_at=moment_or_none(handover.ended_at),
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


Scope = Literal["waiting", "mine", "missed"]
