"""What there is to do for an agent: who waits, whom they answer, how many tickets."""

from typing import Annotated

from fastapi import APIRouter, Query

from jawab.desk.agents.access import Signed
from jawab.desk.agents.handover_schemas import Counts, HandoverOut, HandoverPage, Queues, Scope
from jawab.desk.agents.sessions import ERRORS
from jawab.desk.api import GREATEST_ID
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.support.agents.agent import Agent
from jawab.support.handovers.handover import Ending, Handover, place

SHOWN = 50
_LOOKED_THROUGH = 500

router = APIRouter(prefix="/api/v1/agent", tags=["agents"], responses=ERRORS)


@router.get("/queues")
async def read_queues(agent: Signed, desk: Desk) -> Queues:
    """Counts, the first fifty who wait and all whom this agent answers."""
    return await in_thread(queues_of, desk, agent)


@router.get("/handovers")
async def read_handovers(
    agent: Signed,
    desk: Desk,
    scope: Scope = "waiting",
    after: Annotated[int | None, Query(ge=1, le=GREATEST_ID)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = SHOWN,
) -> HandoverPage:
    """Hand-overs page by page: those who wait, one's own, or those to whom nobody came (latest first)."""
    return await in_thread(_page, desk, agent, scope, after, limit)


def queues_of(desk: Services, agent: Agent) -> Queues:
    """What there is to do for this agent now."""
    names = {one.id: one.name for one in desk.agents.everybody()}
    everyone = desk.handovers.waiting()
    waiting = [one for one in everyone if agent.serves(one.shop, one.queue)]
    mine = desk.handovers.held_by(agent.id)
    shops = () if agent.serves_all_shops else agent.shops
    tickets = desk.tickets.count_unsolved(shops)
    return Queues(
        counts=Counts(
            waiting=len(waiting),
            mine=len(mine),
            tickets={
                queue: number
                for queue, number in tickets.items()
                if agent.leads or not agent.queues or queue in agent.queues
            },
        ),
        waiting=[_shown(one, names, everyone) for one in waiting[:SHOWN]],
        mine=[HandoverOut.of(one, names=names) for one in mine],
    )


def _page(
    desk: Services, agent: Agent, scope: Scope, after: int | None, limit: int
) -> HandoverPage:
    names = {one.id: one.name for one in desk.agents.everybody()}
    everyone = desk.handovers.waiting()
    if scope == "missed":
        found = desk.handovers.ended(Ending.NOBODY, before=after, limit=_LOOKED_THROUGH)
    else:
        listed = everyone if scope == "waiting" else desk.handovers.held_by(agent.id)
        ids = [one.id for one in listed]
        found = listed[ids.index(after) + 1 if after in ids else 0 :]
    served = [one for one in found if agent.serves(one.shop, one.queue) or one.agent_id == agent.id]
    return HandoverPage(
        handovers=[_shown(one, names, everyone) for one in served[:limit]],
        more=len(served) > limit,
    )


def _shown(handover: Handover, names: dict[int, str], waiting: tuple[Handover, ...]) -> HandoverOut:
    """A hand-over with its place among those of its shop and queue, if it waits."""
    line = [one for one in waiting if (one.shop, one.queue) == (handover.shop, handover.queue)]
    waits = any(one.id == handover.id for one in line)
    return HandoverOut.of(handover, names=names, place=place(handover, line) if waits else None)
