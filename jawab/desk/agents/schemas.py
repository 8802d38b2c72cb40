"""What agents sign in with and say of themselves, as OpenAPI describes it."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from jawab.desk.schemas import StrictIn, iso_utc, storable_text
from jawab.support.agents.agent import Agent, Presence, Role
from jawab.support.tickets.ticket import Queue
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


def moment_or_none(at: datetime | None) -> str | None:
    """ISO 8601, UTC, where there is a moment."""
    return iso_utc(at) if at is not None else None
