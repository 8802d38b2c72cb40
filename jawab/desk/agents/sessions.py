"""Agents come and go: sign in, sign out, present or away, and who else is there."""

from typing import Any

import structlog
from fastapi import APIRouter, Request, Response

from jawab.desk.addresses import network
from jawab.desk.agents.access import Signed, check_origin, forget, remember, token_of
from jawab.desk.agents.schemas import AgentOut, PresenceIn, SignedIn, SignIn
from jawab.desk.failures import Refusal
from jawab.desk.hub import AGENTS, QUEUE, News
from jawab.desk.schemas import ErrorOut, iso_utc
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread, in_vault
from jawab.support.agents.agent import Agent
from jawab.support.agents.store import folded

log = structlog.get_logger()

ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorOut} for status in (401, 403, 404, 409, 422, 429, 503)
}
router = APIRouter(prefix="/api/v1/agent", tags=["agents"], responses=ERRORS)


@router.post("/session", status_code=201)
async def sign_in(body: SignIn, request: Request, response: Response, desk: Desk) -> SignedIn:
    """Sign in. The token before this one opens nothing more; wrong passwords are limited (429)."""
    if body.cookie:
        check_origin(request)
    agent = await _recognised(body, request, desk)
    lifetime, now = desk.settings.agent_session_lifetime, desk.clock()
    before, _ = token_of(request)
    token = await in_thread(
        desk.agents.open_session, agent.id, now=now, lifetime=lifetime, instead_of=before
    )
    if body.cookie:
        remember(request, response, token, seconds=int(lifetime.total_seconds()))
    log.info("agent.signed_in", agent=agent.id)
    return SignedIn(
        token=None if body.cookie else token,
        expires_at=iso_utc(now + lifetime),
        agent=seen(desk, agent),
    )


@router.delete("/session", status_code=204)
async def sign_out(agent: Signed, request: Request, response: Response, desk: Desk) -> None:
    """Sign out: this token opens nothing more."""
    token, _ = token_of(request)
    if token is not None:
        await in_thread(desk.agents.close_session, token)
    forget(request, response)
    log.info("agent.signed_out", agent=agent.id)


@router.get("/me")
async def me(agent: Signed, desk: Desk) -> AgentOut:
    """Who is signed in."""
    return seen(desk, agent)


@router.put("/presence")
async def be(body: PresenceIn, agent: Signed, desk: Desk) -> AgentOut:
    """Say that one is there, or away. Without a sign of life it ends by itself; an open event stream is one."""
    changed = await in_thread(desk.agents.be, agent.id, body.presence, now=desk.clock())
    desk.hub.publish(AGENTS, News(QUEUE))
    return seen(desk, changed)


@router.get("/colleagues")
async def colleagues(agent: Signed, desk: Desk) -> list[AgentOut]:
    """Who else there is in one's shops, and who of them is present."""
    everybody = await in_thread(desk.agents.everybody)
    return [
        seen(desk, other)
        for other in everybody
        if other.active and (agent.leads or _share_a_shop(agent, other))
    ]


def seen(desk: Services, agent: Agent) -> AgentOut:
    """An agent as colleagues see them now."""
    present = agent.is_present(desk.clock(), lifetime=desk.settings.presence_lifetime)
    return AgentOut.of(agent, present=present)


async def _recognised(body: SignIn, request: Request, desk: Services) -> Agent:
    """The agent whom login and password name; failures count for this login from this address alone."""
    login = folded(body.login)
    address = network(request.client.host if request.client else "")
    limits = {f"sign-in {address} {login}": desk.settings.sign_in_attempts}
    await in_thread(desk.guesses.attempt, limits)
    agent = await in_vault(desk.agents.sign_in, login, body.password)
    await in_thread(
        desk.administration.note_sign_in,
        login,
        right=agent is not None,
        address=address,
        now=desk.clock(),
    )
    if agent is None:
        log.warning("agent.sign_in_failed", address=address)
        raise Refusal(401, "sign_in_failed", headers={"WWW-Authenticate": "Bearer"})
    await in_thread(desk.guesses.right, limits)
    return agent


def _share_a_shop(agent: Agent, other: Agent) -> bool:
    return not agent.shops or not other.shops or bool(set(agent.shops) & set(other.shops))
