"""Search for agents: over the tickets, messages and notes of their shops, as an API and as a page."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from jawab.desk.agents.access import Signed, agent_or_nobody
from jawab.desk.agents.search_words import SEARCH_WORDS
from jawab.desk.agents.sessions import ERRORS
from jawab.desk.api import GREATEST_ID
from jawab.desk.failures import SIGN_IN
from jawab.desk.languages import preferred
from jawab.desk.moments import moment
from jawab.desk.rendering import page
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.desk.word_tables import in_language
from jawab.support.agents.agent import Agent
from jawab.support.search.entry import Hit, Kind
from jawab.support.search.marks import marked
from jawab.support.search.terms import LONGEST_QUERY, Wanted, wanted
from jawab.text.language import Lang

SHOWN = 20

router = APIRouter(tags=["agents"])

Asked = Annotated[str, Query(max_length=LONGEST_QUERY, examples=["کفش", "JW-K37-W9F2"])]
OfShop = Annotated[str | None, Query(max_length=64)]
Cursor = Annotated[int | None, Query(ge=1, le=GREATEST_ID)]


class PieceOut(BaseModel):
    """A part of a found text; a hit is what was looked for."""

    text: str
    hit: bool


class HitOut(BaseModel):
    """A find. A ticket has a reference; a message or note a conversation."""

    kind: Kind
    shop: str
    at: datetime
    conversation_id: str | None
    message_id: int | None
    reference: str | None
    author: str = Field(description="shopper, agent or system")
    signature: str | None = Field(description="Who wrote it, where that is known.")
    pieces: list[PieceOut]

    @classmethod
    def of(cls, hit: Hit, asked: Wanted) -> "HitOut":
        """The text is cut to what surrounds the first hit."""
        entry = hit.entry
        return cls(
            kind=entry.kind,
            shop=entry.shop,
            at=entry.at,
            conversation_id=entry.conversation_id,
            message_id=entry.message_id,
            reference=entry.reference,
            author=hit.author,
            signature=hit.signature,
            pieces=[PieceOut(text=p.text, hit=p.hit) for p in marked(hit.text, asked)],
        )


class SearchPage(BaseModel):
    """Finds, the latest first; `next` is the cursor of the page after this one."""

    hits: list[HitOut]
    next: int | None


@router.get("/api/v1/agent/search", responses=ERRORS)
async def search(
    agent: Signed,
    desk: Desk,
    q: Asked,
    kind: Kind | None = None,
    shop: OfShop = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = SHOWN,
) -> SearchPage:
    """Find tickets, messages and notes of this agent's shops by words, reference, phone, e-mail or order number."""
    return await in_thread(_found, desk, agent, q, kind, shop, cursor, limit)


@router.get("/desk/search", include_in_schema=False)
async def search_page(
    request: Request,
    desk: Desk,
    q: Asked = "",
    kind: Annotated[str, Query(max_length=8)] = "",
    shop: OfShop = None,
    cursor: Cursor = None,
    lang: Annotated[Lang | None, Query()] = None,
) -> Response:
    """The search box and what it finds; works without a script."""
    agent = await agent_or_nobody(request, desk)
    if agent is None:
        return RedirectResponse(f"{SIGN_IN}?lang={lang.value}" if lang else SIGN_IN)
    own = agent.languages[0] if agent.languages else None
    spoken = lang or own or preferred(request.headers.get("accept-language", "")) or Lang.EN
    of_kind = next((each for each in Kind if each.value == kind), None)
    found = await in_thread(_found, desk, agent, q, of_kind, shop or None, cursor, SHOWN)
    asked = {"q": q, "kind": of_kind.value if of_kind else "", "shop": shop or ""}
    return page(
        request,
        desk,
        "search.html",
        spoken,
        text=in_language(spoken, SEARCH_WORDS),
        asked=asked,
        kinds=[each.value for each in Kind],
        shops={
            one.id: one.name[spoken]
            for one in desk.knowledge.shops.values()
            if agent.serves(one.id)
        },
        hits=[_shown(desk, hit, spoken) for hit in found.hits],
        longest=LONGEST_QUERY,
        addresses={each.value: "?" + urlencode({**asked, "lang": each.value}) for each in Lang},
        older=found.next and "?" + urlencode({**asked, "lang": spoken.value, "cursor": found.next}),
    )


def _found(
    desk: Services,
    agent: Agent,
    query: str,
    kind: Kind | None,
    shop: str | None,
    cursor: int | None,
    limit: int,
) -> SearchPage:
    shops = () if agent.serves_all_shops else agent.shops
    if shop is not None:
        if not agent.serves(shop) or shop not in desk.knowledge.shops:
            return SearchPage(hits=[], next=None)
        shops = (shop,)
    asked = wanted(query)
    found = desk.search.search(asked, kind=kind, shops=shops, after=cursor, limit=limit)
    return SearchPage(hits=[HitOut.of(hit, asked) for hit in found.hits], next=found.after)


def _shown(desk: Services, hit: HitOut, lang: Lang) -> dict[str, object]:
    """A find with its address at the desk, and its day and hour in the shop's calendar and time zone."""
    shop = desk.knowledge.shops.get(hit.shop)
    goal = f"ticket={hit.reference}" if hit.reference else f"conversation={hit.conversation_id}"
    return {
        "kind": hit.kind.value,
        "href": f"/desk?lang={lang.value}#{goal}",
        "name": shop.name[lang] if shop else hit.shop,
        "when": moment(hit.at, shop, lang) if shop else f"{hit.at:%Y-%m-%d %H:%M}",
        "at": hit.at.isoformat(),
        "reference": hit.reference,
        "author": hit.author,
        "signature": hit.signature,
        "pieces": hit.pieces,
    }
