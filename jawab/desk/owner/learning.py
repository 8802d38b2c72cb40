"""The pages of what was not understood: its groups, and what the owner decides about each."""

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from jawab.desk.failures import Refusal
from jawab.desk.owner.access import Guest, Visit, posted
from jawab.desk.owner.learner import Group, LearningFailed
from jawab.desk.owner.learning_asked import STATES, Asked, Typed, asked_for
from jawab.desk.owner.learning_form import WrongDecision, read_decision
from jawab.desk.owner.learning_view import Sent, listed, looked_at
from jawab.desk.owner.learning_words import LEARNING_WORDS
from jawab.desk.owner.period import LAST_DAYS
from jawab.desk.owner.rendering import owners_page
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.support.learning.mark import NewMark
from jawab.support.learning.missed import Why
from jawab.text.language import Lang

log = structlog.get_logger()

router = APIRouter(include_in_schema=False)

PAGE = "/desk/learning"
GROUP = PAGE + "/groups/{group_id}"
Sought = Annotated[str, Query(max_length=200)]


@router.get(PAGE)
async def groups_page(
    request: Request, desk: Desk, typed: Annotated[Typed, Depends()], guest: Guest
) -> Response:
    """The groups of a while, the largest first."""
    asked = asked_for(desk, guest, typed)
    if asked.again:
        await _again(desk, asked)
        return RedirectResponse(f"{PAGE}?{asked.address(guest.lang)}", status_code=303)
    values: dict[str, Any] = {"failed": "", "groups": [], "more": False, "nothing_at_all": False}
    try:
        groups = await desk.learner.groups(asked.days, asked.shops)
        marks = await in_thread(desk.marks.all)
        values |= listed(desk, groups, marks, asked, guest.lang)
    except LearningFailed as error:
        values["failed"] = str(error)
    return _page(
        request,
        desk,
        guest,
        asked,
        "learning.html",
        last_days=LAST_DAYS,
        reasons=[each.value for each in Why],
        states=STATES,
        following=asked.address(guest.lang, part=asked.part + 1),
        once_more=asked.address(guest.lang, again=1),
        addresses={each.value: "?" + asked.address(each) for each in Lang},
        **values,
    )


@router.get(GROUP)
async def group_page(
    group_id: int,
    request: Request,
    desk: Desk,
    typed: Annotated[Typed, Depends()],
    guest: Guest,
    q: Sought = "",
) -> Response:
    """One group: its messages, and the ways to decide about it."""
    return await _group_page(group_id, request, desk, guest, asked_for(desk, guest, typed), q=q)


@router.post(GROUP)
async def decide(
    group_id: int, request: Request, desk: Desk, typed: Annotated[Typed, Depends()], guest: Guest
) -> Response:
    """Keep what the form decides, or show it again with what is wrong."""
    form = await posted(request, guest)
    asked = asked_for(desk, guest, typed)
    group = await _group(desk, asked, group_id)
    try:
        made = read_decision(
            form,
            desk.knowledge,
            members=group.members,
            shops=await in_thread(_shops, desk, group),
            languages=group.languages,
        )
    except WrongDecision as error:
        sent = Sent(form, error.problems)
        answer = await _group_page(group_id, request, desk, guest, asked, sent=sent)
        answer.status_code = 422
        return answer
    mark = await in_thread(desk.marks.add, made, by=guest.agent, now=desk.clock())
    log.info("learning.decided", mark=mark.id, kind=made.kind.value, agent=guest.agent.id)
    return RedirectResponse(_goal(made, mark.id, asked, guest.lang), status_code=303)


def _goal(made: NewMark, mark_id: int, asked: Asked, lang: Lang) -> str:
    if made.question is not None:
        return f"{PAGE}/changes/{mark_id}?lang={lang.value}"
    return f"{PAGE}?{asked.address(lang)}"


def _shops(desk: Services, group: Group) -> tuple[str, ...]:
    return tuple(sorted({each.shop for each in desk.missed.named(group.members)}))


async def _again(desk: Services, asked: Asked) -> None:
    try:
        await desk.learner.groups(asked.days, asked.shops, again=True)
    except LearningFailed as error:
        log.warning("learning.failed", error=type(error).__name__)  # the page says why


async def _group(desk: Services, asked: Asked, group_id: int) -> Group:
    """A group of those that the visitor asks for; refuses (404) when there is none of this number."""
    try:
        groups = await desk.learner.groups(asked.days, asked.shops)
    except LearningFailed as error:
        raise Refusal(503, "unavailable") from error
    for group in groups.all:
        if group.id == group_id:
            return group
    raise Refusal(404, "not_found")


async def _group_page(
    group_id: int,
    request: Request,
    desk: Services,
    guest: Visit,
    asked: Asked,
    *,
    q: str = "",
    sent: Sent | None = None,
) -> Response:
    group = await _group(desk, asked, group_id)
    marks = await in_thread(desk.marks.all)
    return _page(
        request,
        desk,
        guest,
        asked,
        "learning_group.html",
        addresses={each.value: "?" + asked.address(each) for each in Lang},
        **await in_thread(looked_at, desk, group, marks, asked, guest.lang, query=q, sent=sent),
    )


def _page(
    request: Request, desk: Services, guest: Visit, asked: Asked, template: str, **values: Any
) -> Response:
    return owners_page(
        request,
        desk,
        guest,
        template,
        LEARNING_WORDS,
        here="learning",
        served={one.id: one.name[guest.lang] for one in asked.served},
        asked=asked,
        address=asked.address(guest.lang),
        **values,
    )
