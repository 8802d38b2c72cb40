"""The list of tickets as a page: filtered, the most pressing first, page by page; works without a script."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from jawab.desk.agents.access import agent_or_nobody
from jawab.desk.agents.pages import desk_words, language_of
from jawab.desk.failures import SIGN_IN
from jawab.desk.moments import moment
from jawab.desk.rendering import page
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.support.agents.agent import Agent
from jawab.support.tickets import ticket
from jawab.support.tickets.ticket import UNSOLVED, Queue, Ticket, TicketState
from jawab.text.language import Lang

SHOWN = 50
_OPEN, _ASLEEP = "unsolved", "snoozed"

router = APIRouter(include_in_schema=False)

Word = Annotated[str, Query(max_length=64)]


@router.get("/desk/tickets")
async def tickets_page(
    request: Request,
    desk: Desk,
    state: Word = _OPEN,
    queue: Word = "",
    shop: Word = "",
    mine: bool = False,
    after: Word = "",
    lang: Annotated[Lang | None, Query()] = None,
) -> Response:
    """The agent's tickets; an unknown filter is as if it were not there."""
    agent = await agent_or_nobody(request, desk)
    if agent is None:
        return RedirectResponse(f"{SIGN_IN}?lang={lang.value}" if lang else SIGN_IN)
    spoken = language_of(request, agent, lang)
    asked = {
        "state": state if state in (_OPEN, _ASLEEP, *(each.value for each in TicketState)) else "",
        "queue": queue if queue in {each.value for each in Queue} else "",
        "shop": shop if agent.serves(shop) and shop in desk.knowledge.shops else "",
        "mine": "true" if mine else "",
    }
    found = await in_thread(_found, desk, agent, asked, after)
    older = (
        {**asked, "lang": spoken.value, "after": found[SHOWN - 1].reference}
        if len(found) > SHOWN
        else None
    )
    return page(
        request,
        desk,
        "tickets.html",
        spoken,
        text=desk_words(spoken),
        asked=asked,
        states=[_OPEN, _ASLEEP, *(each.value for each in TicketState)],
        queues=[each.value for each in Queue],
        shops={
            one.id: one.name[spoken]
            for one in desk.knowledge.shops.values()
            if agent.serves(one.id)
        },
        tickets=await in_thread(_shown, desk, found[:SHOWN], spoken),
        older=older and "?" + urlencode(older),
        addresses={each.value: "?" + urlencode({**asked, "lang": each.value}) for each in Lang},
    )


def _found(desk: Services, agent: Agent, asked: dict[str, str], after: str) -> tuple[Ticket, ...]:
    """One ticket more than a page shows, when there are more."""
    mine, state = bool(asked["mine"]), asked["state"]
    unsolved = state in (_OPEN, _ASLEEP)
    states = UNSOLVED if unsolved else [TicketState(state)] if state else []
    return desk.tickets.search(
        queue=Queue(asked["queue"]) if asked["queue"] else None,
        queues=() if agent.leads or mine else agent.queues,
        states=tuple(states),
        shop=asked["shop"] or None,
        shops=() if agent.serves_all_shops else agent.shops,
        assignee=ticket.agent(str(agent.id)) if mine else None,
        asleep=state == _ASLEEP if unsolved else None,
        after=after or None,
        limit=SHOWN + 1,
    )


def _shown(desk: Services, found: tuple[Ticket, ...], lang: Lang) -> list[dict[str, object]]:
    """Tickets as the page writes them: titles, days and hours in its language, the assignee by name."""
    names = {ticket.agent(str(one.id)): one.name for one in desk.agents.everybody()}
    now = desk.clock()
    shown: list[dict[str, object]] = []
    for one in found:
        shop, topic = desk.knowledge.shops.get(one.shop), desk.topics.by_id.get(one.topic)
        shown.append(
            {
                "reference": one.reference,
                "href": f"/desk?lang={lang.value}#ticket={one.reference}",
                "topic": topic.title[lang] if topic else one.topic,
                "shop": shop.name[lang] if shop else one.shop,
                "name": one.name,
                "state": one.state.value,
                "queue": one.queue.value,
                "priority": one.priority.name.lower(),
                "assignee": names.get(one.assignee or "", ""),
                "due": moment(one.due_at, shop, lang) if shop else f"{one.due_at:%Y-%m-%d %H:%M}",
                "due_at": one.due_at.isoformat(),
                "late": one.state in UNSOLVED and one.due_at < now,
            }
        )
    return shown
