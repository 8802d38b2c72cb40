"""The page of a decision's consequence: what would change in the FAQ's files, its trial, and its being written."""

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from jawab.desk.failures import Refusal
from jawab.desk.owner.access import Guest, Visit, posted
from jawab.desk.owner.learner import LearningFailed
from jawab.desk.owner.learning_asked import Typed, asked_for
from jawab.desk.owner.learning_view import decision
from jawab.desk.owner.learning_words import CHANGE_WORDS, LEARNING_WORDS
from jawab.desk.owner.patches import patch_lines
from jawab.desk.owner.rendering import owners_page
from jawab.desk.owner.trial_view import trial_shown
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.support.errors import TrialRunning, UnknownMark
from jawab.support.learning.mark import Mark
from jawab.support.learning.trial import Trial

log = structlog.get_logger()

router = APIRouter(include_in_schema=False)

CHANGE = "/desk/learning/changes/{mark_id}"


async def _mark(mark_id: int, desk: Desk, guest: Guest) -> Mark:
    """A decision that a change follows from; refuses (404) what is not the visitor's business."""
    try:
        mark = await in_thread(desk.marks.get, mark_id)
    except UnknownMark:
        raise Refusal(404, "not_found") from None
    if not mark.proposes or not all(guest.agent.serves(shop) for shop in mark.made.shops):
        raise Refusal(404, "not_found")
    return mark


Decided = Annotated[Mark, Depends(_mark)]


@router.get(CHANGE + ".patch")
async def download(desk: Desk, mark: Decided) -> Response:
    """The change as `git apply` takes it."""
    try:
        proposal = await desk.learner.proposal(mark.id)
    except LearningFailed:
        raise Refusal(404, "not_found") from None
    disposition = f'attachment; filename="jawab-{mark.made.question}.patch"'
    return Response(
        proposal.patch,
        media_type="text/x-diff; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


@router.get(CHANGE)
async def change_page(
    request: Request, desk: Desk, typed: Annotated[Typed, Depends()], guest: Guest, mark: Decided
) -> Response:
    """What would change, and how its trial stands."""
    return await _page(request, desk, guest, typed, mark)


@router.post(CHANGE)
async def act(
    request: Request, desk: Desk, typed: Annotated[Typed, Depends()], guest: Guest, mark: Decided
) -> Response:
    """Do what the form's button says: write the change, begin its trial, or stop that."""
    form = await posted(request, guest)
    failed, busy = "", False
    try:
        match form.one("do"):
            case "apply":
                await desk.learner.apply(mark.id, form.one("digest"))
                await in_thread(desk.marks.applied, mark.id, by=guest.agent, now=desk.clock())
            case "try":
                control = bool(form.one("control"))
                await desk.trials.begin(mark.id, control=control, by=guest.agent)
            case "stop":
                await in_thread(desk.trial_store.ask_to_stop, mark.id, now=desk.clock())
            case _:
                raise Refusal(422, "invalid_request")
    except LearningFailed as error:
        failed = str(error)
    except TrialRunning:
        busy = True
    if failed or busy:
        answer = await _page(request, desk, guest, typed, mark, failed=failed, busy=busy)
        answer.status_code = 409
        return answer
    goal = f"/desk/learning/changes/{mark.id}?lang={guest.lang.value}"
    return RedirectResponse(goal if form.one("do") == "apply" else f"{goal}#trial", 303)


async def _page(
    request: Request,
    desk: Services,
    guest: Visit,
    typed: Typed,
    mark: Mark,
    *,
    failed: str = "",
    busy: bool = False,
) -> Response:
    values: dict[str, Any] = {"proposal": None, "lines": (), "refused": ""}
    try:
        proposal = None if mark.applied_at else await desk.learner.proposal(mark.id)
        values |= {"proposal": proposal, "lines": patch_lines(proposal.patch) if proposal else ()}
    except LearningFailed as error:
        values["refused"] = str(error)
    running = await in_thread(_running, desk)
    trial = await in_thread(desk.trial_store.latest, mark.id)
    asked = asked_for(desk, guest, typed)
    return owners_page(
        request,
        desk,
        guest,
        "learning_change.html",
        LEARNING_WORDS,
        CHANGE_WORDS,
        here="learning",
        mark=decision(desk, mark, asked, guest.lang),
        trial=trial_shown(desk, trial, mark, asked.served[0], guest.lang) if trial else None,
        other=running.mark_id if running and running.mark_id != mark.id else None,
        failed=failed,
        busy=busy,
        **values,
    )


def _running(desk: Services) -> Trial | None:
    """The trial that is going on; one whose desk has gone is no more."""
    running, now = desk.trial_store.running(), desk.clock()
    if running is None or not running.is_forsaken(now):
        return running
    desk.trial_store.bury(now=now)
    return None
