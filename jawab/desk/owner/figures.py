"""The owner's figures: the page with its plots, and its tables as CSV."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from jawab.desk.channel_words import channel_name
from jawab.desk.failures import Refusal
from jawab.desk.owner import csv_text
from jawab.desk.owner.access import Guest
from jawab.desk.owner.asked import CHANNELS, Asked, Typed, asked_for, served_by
from jawab.desk.owner.figures_view import shown
from jawab.desk.owner.figures_words import FIGURES_WORDS
from jawab.desk.owner.period import LAST_DAYS
from jawab.desk.owner.rendering import owners_page
from jawab.desk.owner.sheets import SHEETS, sheet
from jawab.desk.people import LIVE_CHAT
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.knowledge import Shop
from jawab.support.figures.figures import Figures, Scope
from jawab.support.figures.ticket_export import COLUMNS
from jawab.text.language import Lang

router = APIRouter(include_in_schema=False)

PAGE = "/desk/figures"
TICKETS, UNKNOWN = "tickets", "unknown"
SHOWN_UNKNOWN, MOST_UNKNOWN = 10, 10_000


@router.get(PAGE)
async def figures_page(
    request: Request,
    desk: Desk,
    typed: Annotated[Typed, Depends()],
    guest: Guest,
) -> Response:
    """The figures of a while, for leads and the owner."""
    asked = asked_for(desk, guest, typed)
    found = await _figures(desk, asked, unknown=SHOWN_UNKNOWN)
    return owners_page(
        request,
        desk,
        guest,
        "figures.html",
        FIGURES_WORDS,
        here="figures",
        served={one.id: one.name[guest.lang] for one in served_by(desk, guest)},
        asked=asked,
        typed=typed,
        last_days=LAST_DAYS,
        channels={one: channel_name(one, guest.lang) for one in CHANNELS},
        query=asked.address(guest.lang),
        addresses={each.value: "?" + asked.address(each) for each in Lang},
        **shown(found, asked.period, desk.knowledge, _reckoning(desk, asked), guest.lang),
    )


@router.get(PAGE + "/{name}.csv")
async def export(
    name: str,
    request: Request,
    desk: Desk,
    typed: Annotated[Typed, Depends()],
    guest: Guest,
) -> Response:
    """One of the page's tables, or every ticket of the while (the owner's alone: it names shoppers)."""
    asked = asked_for(desk, guest, typed)
    if name == TICKETS:
        if not guest.owns:
            raise Refusal(403, "forbidden")
        return _download(name, _tickets(desk, asked.scope))
    if name not in SHEETS:
        raise Refusal(404, "not_found")
    found = await _figures(desk, asked, unknown=MOST_UNKNOWN if name == UNKNOWN else 0)
    table = sheet(name, found, asked.period, desk.knowledge, guest.lang)

    async def written() -> AsyncIterator[bytes]:
        yield csv_text.head(table.columns)
        yield csv_text.lines(table.rows)

    return _download(name, written())


async def _figures(desk: Services, asked: Asked, *, unknown: int) -> Figures:
    promised = {
        one.id: (one.channels[LIVE_CHAT].promise if LIVE_CHAT in one.channels else None)
        or desk.settings.handover_promise
        for one in desk.knowledge.shops.values()
    }
    return await in_thread(
        desk.figures.figures, asked.scope, promised=promised, now=desk.clock(), unknown=unknown
    )


def _reckoning(desk: Services, asked: Asked) -> Shop:
    """The shop in whose calendar and zone the page counts."""
    return desk.knowledge.shop(asked.shops[0].id)


async def _tickets(desk: Services, scope: Scope) -> AsyncIterator[bytes]:
    yield csv_text.head(COLUMNS)
    after = ""
    while rows := await in_thread(desk.ticket_export.page, scope, after=after):
        yield csv_text.lines(rows)
        after = str(rows[-1][0])


def _download(name: str, content: AsyncIterator[bytes]) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="jawab-{name}.csv"'}
    return StreamingResponse(content, media_type="text/csv; charset=utf-8", headers=disposition)
