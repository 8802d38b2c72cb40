"""The page of one shop's settings: hours, closing days, promised times and notices, kept over the profile's file."""

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from jawab.desk.failures import Refusal
from jawab.desk.owner.access import Form, Guest, Visit, posted
from jawab.desk.owner.rendering import owners_page
from jawab.desk.owner.shop_view import Typed, shown
from jawab.desk.owner.words import SHOP_WORDS
from jawab.desk.rendering import profile_of
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.knowledge.calendar import local_date
from jawab.knowledge.hours import DAYS
from jawab.support.errors import InvalidOverride, StaleOverride
from jawab.support.overrides.form import (
    read_date,
    read_notices,
    read_promise,
    with_day,
    without_days,
)
from jawab.support.overrides.hours import read_week
from jawab.support.overrides.override import Part, Target, value_of
from jawab.text.language import Lang

log = structlog.get_logger()

router = APIRouter(include_in_schema=False)


@router.get("/desk/shop/{shop}")
async def settings_page(
    shop: str,
    request: Request,
    desk: Desk,
    guest: Guest,
    saved: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """What holds in this shop now, where it comes from, and the forms that change it."""
    return await _page(request, desk, guest, shop, saved=saved)


@router.post("/desk/shop/{shop}")
async def change(shop: str, request: Request, desk: Desk, guest: Guest) -> Response:
    """Keep one form of the page, or show it again with what is wrong."""
    form = await posted(request, guest)
    profile_of(desk, shop)
    target = Target.parse(form.one("target"))
    if target is None or not _is_there(desk, shop, target):
        raise Refusal(422, "invalid_request")
    try:
        value = None if form.one("reset") else _read(desk, shop, target, form)
        await in_thread(
            desk.overrides.save,
            shop,
            target,
            value,
            by=guest.agent,
            now=desk.clock(),
            seen=int(form.one("seen")) if form.one("seen").isdecimal() else 0,
        )
    except InvalidOverride as error:
        typed = Typed(target, form, error.problems)
        return await _page(request, desk, guest, shop, typed=typed, status=422)
    except StaleOverride:
        await in_thread(desk.current.look)
        return await _page(request, desk, guest, shop, stale=str(target), status=409)
    await in_thread(desk.current.look)
    log.info("override.saved", shop=shop, target=str(target), agent=guest.agent.id)
    goal = f"/desk/shop/{shop}?lang={guest.lang.value}&saved={target}#{target}"
    return RedirectResponse(goal, status_code=303)


def _is_there(desk: Services, shop: str, target: Target) -> bool:
    return target.channel is None or target.channel in desk.knowledge.shop(shop).channels


def _read(desk: Services, shop: str, target: Target, form: Form) -> Any:
    """The value that the form stands for; InvalidOverride."""
    profile = desk.knowledge.shop(shop)
    match target.part:
        case Part.HOURS:
            return read_week([form.one(day) for day in DAYS])
        case Part.PROMISE:
            return read_promise(form.one("minutes"))
        case Part.NOTICES:
            return read_notices(form.all("mail"), form.one("from_name"), bool(form.one("webhook")))
    value = without_days(value_of(profile, target), form.all("remove"))
    value["public_holidays"] = bool(form.one("public_holidays"))
    names = {each: form.one(f"name_{each.value}") for each in Lang}
    if form.one("date").strip() or any(name.strip() for name in names.values()):
        today = local_date(profile, desk.clock())
        day = read_date(form.one("date"), today=today)
        value = with_day(value, day, names, profile.language)
    return value


async def _page(
    request: Request,
    desk: Services,
    guest: Visit,
    shop: str,
    *,
    typed: Typed | None = None,
    saved: str = "",
    stale: str = "",
    status: int = 200,
) -> Response:
    profile = profile_of(desk, shop)
    if not guest.agent.serves(shop):
        raise Refusal(404, "unknown_shop")
    view = await in_thread(shown, desk, profile, guest.lang, typed)
    return owners_page(
        request,
        desk,
        guest,
        "shop.html",
        SHOP_WORDS,
        here="shop",
        shop=shop,
        status=status,
        saved=saved,
        stale=stale,
        mail_set=desk.settings.smtp_url is not None,
        webhook_set=desk.settings.webhook_url is not None,
        **view,
    )
