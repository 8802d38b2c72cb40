"""The demo shop: a front page as shoppers know them, with the widget in its corner."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from jawab.desk.demo_goods import CATEGORIES, stall
from jawab.desk.rendering import page, profile_of
from jawab.desk.services import Desk
from jawab.text.language import Lang

# Keys of words.yml without their `page_`.
SHOP_WORDS = (
    *("shop_title", "shop_notice", "shop_search", "shop_cart", "shop_account", "shop_categories"),
    *("shop_hero", "shop_hero_text", "shop_hero_more", "shop_deals", "shop_help", "shop_contact"),
    *("shop_support", "shop_rated", "shop_before", "shop_off", "shop_promise_fast"),
    *("shop_promise_return", "shop_promise_help", "shop_all_questions", "shop_skip"),
    "shop_channels",
    "shop_demo_badge",
)
_PERSIAN_DIGITS = str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")

router = APIRouter(include_in_schema=False)


@router.get("/demo/{shop}")
async def front(
    shop: str, request: Request, desk: Desk, lang: Annotated[Lang | None, Query()] = None
) -> HTMLResponse:
    """A shop's front page, in its own language or the one asked for."""
    profile = profile_of(desk, shop)
    spoken = lang or profile.language
    return page(
        request,
        desk,
        "shop.html",
        spoken,
        words=SHOP_WORDS,
        shop=shop,
        name=profile.name[spoken],
        stall=stall(shop),
        categories=CATEGORIES,
        top=[(id, desk.knowledge.questions[id].title[spoken]) for id in profile.top_questions],
        number=lambda value: number(value, spoken),
        percent="٪" if spoken is Lang.FA else "%",
    )


def number(value: float, lang: Lang) -> str:
    """A number as a price tag has it.

    >>> number(3890000, Lang.FA), number(2499, Lang.AR)
    ('۳٬۸۹۰٬۰۰۰', '2,499')
    """
    written = f"{value:,}"
    return written.translate(_PERSIAN_DIGITS) if lang is Lang.FA else written
