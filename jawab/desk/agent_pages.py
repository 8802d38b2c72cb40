"""The agents' pages: sign in, and the desk itself. What they do goes over the agents' API."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from jawab.desk.agent_access import agent_or_nobody
from jawab.desk.agent_words import AGENT_WORDS
from jawab.desk.languages import preferred
from jawab.desk.rendering import page
from jawab.desk.services import Desk
from jawab.support.agent import Agent
from jawab.text.language import Lang

SIGN_IN = "/desk/sign-in"

router = APIRouter(include_in_schema=False)


@router.get("/desk")
async def desk_page(
    request: Request, desk: Desk, lang: Annotated[Lang | None, Query()] = None
) -> Response:
    """Who waits, and the conversation in hand; for agents who are signed in."""
    agent = await agent_or_nobody(request, desk)
    if agent is None:
        return RedirectResponse(f"{SIGN_IN}?lang={lang.value}" if lang else SIGN_IN)
    spoken = lang or _own(agent) or _browsers(request)
    return page(
        request,
        desk,
        "agent.html",
        spoken,
        text=_words(spoken),
        agent=agent,
        shops={shop.id: shop.name[spoken] for shop in desk.knowledge.shops.values()},
        limit=desk.settings.max_message_length,
    )


@router.get(SIGN_IN)
async def sign_in_page(
    request: Request, desk: Desk, lang: Annotated[Lang | None, Query()] = None
) -> Response:
    """Login and password."""
    spoken = lang or _browsers(request)
    return page(request, desk, "sign_in.html", spoken, text=_words(spoken))


def _words(lang: Lang) -> dict[str, str]:
    return {key: texts[lang] for key, texts in AGENT_WORDS.items()}


def _own(agent: Agent) -> Lang | None:
    return agent.languages[0] if agent.languages else None


def _browsers(request: Request) -> Lang:
    return preferred(request.headers.get("accept-language", "")) or Lang.EN
