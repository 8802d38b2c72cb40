"""Pages made here from templates: in one of three languages, in the shop's colour, with no script inline."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from starlette.templating import Jinja2Templates

from jawab.desk.failures import Refusal
from jawab.desk.languages import direction
from jawab.desk.prose import blocks, pieces
from jawab.desk.services import Services
from jawab.knowledge import Shop
from jawab.text.language import Lang

HERE = Path(__file__).parent
NATIVE_NAMES = {Lang.FA: "فارسی", Lang.AR: "العربية", Lang.EN: "English"}

templates = Jinja2Templates(HERE / "templates")
templates.env.filters.update(blocks=blocks, pieces=pieces)
templates.env.trim_blocks = templates.env.lstrip_blocks = True


def page(
    request: Request,
    desk: Services,
    template: str,
    lang: Lang,
    *,
    words: Iterable[str] = (),
    shop: str | None = None,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """A page; `words` are keys of words.yml without their `page_`, filled for the shop."""
    context = {
        "lang": lang.value,
        "direction": direction(lang),
        "languages": [(other.value, NATIVE_NAMES[other]) for other in Lang],
        "words": {key: desk.words.say(f"page_{key}", lang=lang, shop=shop) for key in words},
        "shop": shop,
        **values,
    }
    return templates.TemplateResponse(request, template, context, headers=headers)


def profile_of(desk: Services, shop: str) -> Shop:
    """The shop's profile; refuses (404) when there is none."""
    profile = desk.knowledge.shops.get(shop)
    if profile is None:
        raise Refusal(404, "unknown_shop")
    return profile
