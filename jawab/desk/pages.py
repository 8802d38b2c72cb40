"""The pages people open: the demo chats, and the state of the desk. Rendered here, no script inline."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from jawab.desk.failures import Refusal
from jawab.desk.health import ACTIONS, DATABASE, RASA, missing_parts
from jawab.desk.languages import preferred
from jawab.desk.services import Desk, Services
from jawab.desk.state_words import STATE_WORDS
from jawab.desk.threads import in_thread
from jawab.support.turn import TurnState
from jawab.text.language import Lang

_HERE = Path(__file__).parent
_RIGHT_TO_LEFT = frozenset((Lang.FA, Lang.AR))
_NATIVE_NAMES = {Lang.FA: "فارسی", Lang.AR: "العربية", Lang.EN: "English"}
# Keys of words.yml without their `page_`; all of them go into each page, for its script reads them too.
PAGE_WORDS = (
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

templates = Jinja2Templates(_HERE / "templates")
router = APIRouter(include_in_schema=False)


def mount_static(app: FastAPI) -> None:
    """Serve the pages' scripts and styles."""
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")


@router.get("/")
async def root() -> RedirectResponse:
    """The demo is the front page for now."""
    return RedirectResponse("/demo")


@router.get("/favicon.ico")
async def icon() -> FileResponse:
    """The icon browsers ask for by themselves."""
    return FileResponse(_HERE / "static" / "icon.svg", media_type="image/svg+xml")


@router.get("/demo")
async def choose_shop(
    request: Request, desk: Desk, shop: str | None = None, lang: Lang | None = None
) -> HTMLResponse:
    """Links to each shop's chat; with `?shop=` straight to it."""
    if shop is not None:
        return await chat(shop, request, desk, lang)
    shown = lang or preferred(request.headers.get("accept-language", "")) or Lang.EN
    shops = [
        {"id": shop.id, "name": shop.name[shop.language], "lang": shop.language, "accent": place}
        for place, shop in enumerate(desk.knowledge.shops.values())
    ]
    return _page(request, desk, "shops.html", shown, shops=shops)


@router.get("/demo/{shop}")
async def chat(
    shop: str, request: Request, desk: Desk, lang: Annotated[Lang | None, Query()] = None
) -> HTMLResponse:
    """One shop's chat, in the shop's language or the one asked for."""
    profile = desk.knowledge.shops.get(shop)
    if profile is None:
        raise Refusal(404, "unknown_shop")
    shown = lang or profile.language
    return _page(
        request,
        desk,
        "chat.html",
        shown,
        shop=shop,
        name=profile.name[shown],
        accent=list(desk.knowledge.shops).index(shop),
        limit=desk.settings.max_message_length,
    )


@router.get("/desk")
async def desk_state(request: Request, desk: Desk, lang: Lang | None = None) -> HTMLResponse:
    """Which parts serve, how much is stored, and the way to the demo."""
    shown = lang or preferred(request.headers.get("accept-language", "")) or Lang.EN
    missing = await missing_parts(desk)
    counts = None if DATABASE in missing else await in_thread(desk.store.counts)
    return _page(
        request,
        desk,
        "desk.html",
        shown,
        state={key: texts[shown] for key, texts in STATE_WORDS.items()},
        parts=[(part, missing.get(part)) for part in (DATABASE, RASA, ACTIONS)],
        counts=counts,
        states=list(TurnState),
        shops=[(shop.id, shop.name[shown]) for shop in desk.knowledge.shops.values()],
    )


def _page(
    request: Request,
    desk: Services,
    template: str,
    lang: Lang,
    *,
    shop: str | None = None,
    **values: Any,
) -> HTMLResponse:
    words = {key: desk.words.say(f"page_{key}", lang=lang, shop=shop) for key in PAGE_WORDS}
    context = {
        "lang": lang.value,
        "direction": "rtl" if lang in _RIGHT_TO_LEFT else "ltr",
        "languages": [(other.value, _NATIVE_NAMES[other]) for other in Lang],
        "words": words,
        "shop": shop,
        **values,
    }
    return templates.TemplateResponse(request, template, context)
