"""The pages people open: the choice of a shop, the chats, and the state of the desk."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

from jawab.desk.colours import style_sheet
from jawab.desk.health import ACTIONS, DATABASE, RASA, missing_parts
from jawab.desk.languages import preferred
from jawab.desk.rendering import HERE, page, profile_of
from jawab.desk.services import Desk
from jawab.desk.state_words import STATE_WORDS
from jawab.desk.threads import in_thread
from jawab.desk.word_tables import in_language
from jawab.support.conversations.turn import TurnState
from jawab.text.language import Lang

# Keys of words.yml without their `page_`; the chat's script reads them too.
CHAT_WORDS = (
    "title",
    "messages",
    "input_placeholder",
    "send",
    "new_conversation",
    "typing",
    "offline",
    "back_online",
    "not_sent",
    "retry",
    "you",
    "assistant",
    "agent",
    "skip_to_chat",
)

router = APIRouter(include_in_schema=False)


def mount_static(app: FastAPI) -> None:
    """Serve the pages' scripts and styles."""
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")


@router.get("/")
async def root() -> RedirectResponse:
    """The demo is the front page for now."""
    return RedirectResponse("/demo")


@router.get("/favicon.ico")
async def icon() -> FileResponse:
    """The icon browsers ask for by themselves."""
    return FileResponse(HERE / "static" / "icon.svg", media_type="image/svg+xml")


@router.get("/demo")
async def choose_shop(
    request: Request, desk: Desk, shop: str | None = None, lang: Lang | None = None
) -> HTMLResponse:
    """Links to each shop's chat; with `?shop=` straight to it."""
    if shop is not None:
        return await chat(shop, request, desk, lang)
    shown = lang or preferred(request.headers.get("accept-language", "")) or Lang.EN
    shops = [
        {"id": shop.id, "name": shop.name[shown], "href": f"/demo/{shop.id}?lang={shown.value}"}
        for shop in desk.knowledge.shops.values()
    ]
    return page(
        request,
        desk,
        "shops.html",
        shown,
        words=("new_conversation",),
        shops=shops,
        line="new_conversation",
    )


@router.get("/colours.css")
async def colours(desk: Desk) -> Response:
    """The shops' colours by name, for every page."""
    sheet = style_sheet({shop.id: shop.accent for shop in desk.knowledge.shops.values()})
    return Response(sheet, media_type="text/css", headers={"Cache-Control": "max-age=300"})


@router.get("/chat/{shop}")
async def chat(
    shop: str, request: Request, desk: Desk, lang: Annotated[Lang | None, Query()] = None
) -> HTMLResponse:
    """One shop's chat, in the shop's language or the one asked for."""
    profile = profile_of(desk, shop)
    shown = lang or profile.language
    return page(
        request,
        desk,
        "chat.html",
        shown,
        words=CHAT_WORDS,
        shop=shop,
        name=profile.name[shown],
        limit=desk.settings.max_message_length,
    )


@router.get("/desk/state")
async def desk_state(request: Request, desk: Desk, lang: Lang | None = None) -> HTMLResponse:
    """Which parts serve, how much is stored, and the way to the demo."""
    shown = lang or preferred(request.headers.get("accept-language", "")) or Lang.EN
    missing = await missing_parts(desk)
    counts = None if DATABASE in missing else await in_thread(desk.store.counts)
    return page(
        request,
        desk,
        "desk.html",
        shown,
        state=in_language(shown, STATE_WORDS),
        parts=[(part, missing.get(part)) for part in (DATABASE, RASA, ACTIONS)],
        counts=counts,
        states=list(TurnState),
        shops=[(shop.id, shop.name[shown]) for shop in desk.knowledge.shops.values()],
    )
