"""A page of the owner's: the frame that all of them share, around what each shows."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from jawab.desk.owner.access import Visit
from jawab.desk.owner.words import OWNER_WORDS
from jawab.desk.rendering import page
from jawab.desk.services import Services
from jawab.desk.word_tables import in_language
from jawab.knowledge import Texts


def owners_page(
    request: Request,
    desk: Services,
    guest: Visit,
    template: str,
    *words: Mapping[str, Texts],
    here: str,
    shop: str | None = None,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """The page for this visitor, with the pages' own words and those of the tables; `here` is its entry of the menu."""
    answer = page(
        request,
        desk,
        f"owner/{template}",
        guest.lang,
        shop=shop,
        here=here,
        text=in_language(guest.lang, OWNER_WORDS, *words),
        guest=guest,
        shops={one.id: one.name[guest.lang] for one in desk.knowledge.shops.values()},
        **values,
    )
    answer.status_code = status
    return answer
