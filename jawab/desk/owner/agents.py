"""The page of agents' accounts: who may come in, as what, for which shops, queues and languages, and who changed it."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from jawab.desk.failures import Refusal
from jawab.desk.hub import AGENTS, QUEUE, News
from jawab.desk.owner.access import Form, Guest, Visit, posted
from jawab.desk.owner.agents_view import Sent, shown
from jawab.desk.owner.agents_words import AGENTS_WORDS
from jawab.desk.owner.rendering import owners_page
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread, in_vault
from jawab.support.agents.administration import new_password
from jawab.support.agents.agent import Agent, NewAgent, Role
from jawab.support.agents.store import folded
from jawab.support.errors import LastOwner, LoginTaken, PasswordTooWeak
from jawab.support.texts import storable
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

log = structlog.get_logger()

router = APIRouter(include_in_schema=False)

LONGEST = 80
PAGE = "/desk/agents"


@router.get(PAGE)
async def agents_page(
    request: Request,
    desk: Desk,
    guest: Guest,
    saved: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Every account, and what was done to them."""
    return await _page(request, desk, guest, saved=saved)


@router.post(PAGE)
async def add(request: Request, desk: Desk, guest: Guest) -> Response:
    """Add an account; a password that was made for it is shown in the answer, and never again."""
    form = await posted(request, guest)
    new, problems = _read(desk, form)
    if not new.login or len(new.login) > LONGEST or len(new.login.split()) != 1:
        problems["login"] = "login_wrong"
    typed = form.one("password")
    password = typed or new_password()
    try:
        if not problems:
            made = await in_vault(
                desk.administration.add, new, password, by=guest.agent.name, now=desk.clock()
            )
            return await _done(request, desk, guest, made, "" if typed else password)
    except LoginTaken:
        problems["login"] = "login_taken"
    except PasswordTooWeak:
        problems = {"password": "password_weak"}
    return await _page(request, desk, guest, sent=Sent(0, form, problems), status=422)


@router.post(PAGE + "/{agent_id}")
async def change(agent_id: int, request: Request, desk: Desk, guest: Guest) -> Response:
    """Do to one account what its form's button says."""
    form = await posted(request, guest)
    now, by, shown_once = desk.clock(), guest.agent.name, ""
    problems: dict[str, str] = {}
    try:
        match form.one("do"):
            case "change":
                new, problems = _read(desk, form)
                if not problems:
                    await in_thread(desk.administration.change, agent_id, new, by=by, now=now)
            case "password":
                typed = form.one("password")
                shown_once = "" if typed else new_password()
                await in_vault(
                    desk.administration.set_password,
                    agent_id,
                    typed or shown_once,
                    by=by,
                    now=now,
                )
            case "disable" | "enable" as wish:
                await in_thread(
                    desk.administration.set_active, agent_id, wish == "enable", by=by, now=now
                )
            case "sign_out":
                await in_thread(desk.administration.sign_out, agent_id, by=by, now=now)
            case _:
                raise Refusal(422, "invalid_request")
    except PasswordTooWeak:
        problems = {"password": "password_weak"}
    except LastOwner:
        problems["role"] = "last_owner"
    if problems:
        sent = Sent(agent_id, form, problems)
        return await _page(request, desk, guest, sent=sent, status=422)
    changed = await in_thread(desk.agents.get, agent_id)
    return await _done(request, desk, guest, changed, shown_once)


def _read(desk: Services, form: Form) -> tuple[NewAgent, dict[str, str]]:
    """The account that a form describes, and the problems of its fields; what cannot be chosen is not heard."""
    name = " ".join(storable(form.one("name")).split())
    problems = {} if 0 < len(name) <= LONGEST else {"name": "name_wrong"}
    role = next((role for role in Role if role.value == form.one("role")), Role.AGENT)
    return (
        NewAgent(
            folded(form.one("login")),
            name,
            role,
            tuple(shop for shop in desk.knowledge.shops if shop in form.all("shops")),
            tuple(queue for queue in Queue if queue.value in form.all("queues")),
            tuple(lang for lang in Lang if lang.value in form.all("languages")),
        ),
        problems,
    )


async def _done(
    request: Request, desk: Services, guest: Visit, agent: Agent, shown_once: str
) -> Response:
    """Back to the page; a password that is to be read goes into this one answer and into no address."""
    desk.hub.publish(AGENTS, News(QUEUE))
    log.info("account.changed", agent=agent.id, by=guest.agent.id)
    if shown_once:
        return await _page(request, desk, guest, saved=str(agent.id), shown_once=shown_once)
    goal = f"{PAGE}?lang={guest.lang.value}&saved={agent.id}#agent-{agent.id}"
    return RedirectResponse(goal, status_code=303)


async def _page(
    request: Request,
    desk: Services,
    guest: Visit,
    *,
    sent: Sent | None = None,
    saved: str = "",
    shown_once: str = "",
    status: int = 200,
) -> Response:
    return owners_page(
        request,
        desk,
        guest,
        "agents.html",
        AGENTS_WORDS,
        here="agents",
        status=status,
        saved=saved,
        shown_once=shown_once,
        sent=sent,
        **await in_thread(shown, desk, guest.lang),
    )
