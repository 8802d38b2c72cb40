"""Who an agent's request comes from: a Bearer token from programs, a cookie from the desk's own pages.

A cookie goes along with every request a browser makes, whoever caused it. So what changes something and comes
with the cookie must also carry a header that other sites' forms cannot send, from a page of ours.
"""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response

from jawab.desk.failures import Refusal
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.support.agents.agent import Agent
from jawab.support.conversations.conversation import Conversation
from jawab.support.errors import UnknownConversation

COOKIE = "jawab-desk"
SECURE_COOKIE = f"__Host-{COOKIE}"
HEADER = "X-Jawab-Desk"
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


def token_of(request: Request) -> tuple[str | None, bool]:
    """The request's token, and whether it came in the cookie; a Bearer token goes first."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip(), False
    return request.cookies.get(_cookie_name(request)), True


def remember(request: Request, response: Response, token: str, *, seconds: int) -> None:
    """Let the browser keep the token, where no script can read it."""
    response.set_cookie(
        _cookie_name(request),
        token,
        max_age=seconds,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


def forget(request: Request, response: Response) -> None:
    """Let the browser drop the token."""
    response.delete_cookie(
        _cookie_name(request),
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


def check_origin(request: Request) -> None:
    """Pass what one of our own pages sends; refuse (403) what another site made a browser send."""
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.url.netloc
    if foreign or HEADER.lower() not in request.headers:
        raise Refusal(403, "forbidden")


async def agent_or_nobody(request: Request, desk: Services) -> Agent | None:
    """The agent who is signed in here."""
    token, _ = token_of(request)
    return await in_thread(desk.agents.of_token, token, now=desk.clock()) if token else None


async def signed_in(request: Request, desk: Desk) -> Agent:
    """The agent of this request, or a refusal: 401, or 403 for what another site made a browser send."""
    token, by_cookie = token_of(request)
    if by_cookie and request.method not in _SAFE:
        check_origin(request)
    agent = await in_thread(desk.agents.of_token, token, now=desk.clock()) if token else None
    if agent is None:
        raise Refusal(401, "sign_in_needed", headers={"WWW-Authenticate": "Bearer"})
    request.state.agents_language = agent.languages[0] if agent.languages else None
    return agent


Signed = Annotated[Agent, Depends(signed_in)]


async def served(conversation_id: str, agent: Signed, desk: Desk) -> Conversation:
    """The conversation of the path, when its shop is the agent's business; else it is as if it were not there."""
    conversation = await in_thread(desk.store.conversation, conversation_id)
    if not agent.serves(conversation.shop):
        raise UnknownConversation("no conversation of this agent's shops has this id")
    return conversation


Served = Annotated[Conversation, Depends(served)]


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _cookie_name(request: Request) -> str:
    # Over https nothing but this very host can have set the cookie; http is for one's own machine.
    return SECURE_COOKIE if _is_secure(request) else COOKIE
