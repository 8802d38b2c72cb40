"""The agents' pages: sign in, and the desk itself. What they do goes over the agents' API."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from jawab.desk.act_words import ACT_WORDS
from jawab.desk.agents.access import agent_or_nobody
from jawab.desk.agents.words import AGENT_WORDS
from jawab.desk.agents.workplace_words import WORKPLACE_WORDS
from jawab.desk.channel_words import CHANNEL_WORDS
from jawab.desk.failures import SIGN_IN
from jawab.desk.languages import preferred
from jawab.desk.rendering import page
from jawab.desk.services import Desk, Services
from jawab.desk.word_tables import in_language
from jawab.support.agents.agent import Agent
from jawab.text.language import Lang

router = APIRouter(include_in_schema=False)


@router.get("/desk")
async def desk_page(
    request: Request, desk: Desk, lang: Annotated[Lang | None, Query()] = None
) -> Response:
    """Who waits, the conversation in hand and its shopper; for agents who are signed in."""
    agent = await agent_or_nobody(request, desk)
    if agent is None:
        return RedirectResponse(f"{SIGN_IN}?lang={lang.value}" if lang else SIGN_IN)
    spoken = language_of(request, agent, lang)
    return page(
        request,
        desk,
        "agent.html",
        spoken,
        text=desk_words(spoken),
        agent=agent,
        shops={shop.id: shop.name[spoken] for shop in desk.knowledge.shops.values()},
        titles=_titles(desk, spoken),
        topics=_topics(desk, spoken),
        patience={shop: _seconds(desk, shop) for shop in desk.knowledge.shops},
        now=int(desk.clock().timestamp() * 1000),
        limit=desk.settings.max_message_length,
    )


@router.get(SIGN_IN)
async def sign_in_page(
    request: Request, desk: Desk, lang: Annotated[Lang | None, Query()] = None
) -> Response:
    """Login and password."""
    spoken = lang or _browsers(request)
    return page(request, desk, "sign_in.html", spoken, text=desk_words(spoken))


def desk_words(lang: Lang) -> dict[str, str]:
    """The words of the agents' pages and their scripts in one language."""
    return in_language(lang, AGENT_WORDS, WORKPLACE_WORDS, CHANNEL_WORDS)


def language_of(request: Request, agent: Agent, asked: Lang | None) -> Lang:
    """The language to show a page in: the one asked for, the agent's first, the browser's."""
    own = agent.languages[0] if agent.languages else None
    return asked or own or _browsers(request)


def _titles(desk: Services, lang: Lang) -> dict[str, str]:
    """What every intent is called."""
    questions = {id: one.title[lang] for id, one in desk.knowledge.questions.items()}
    return {**questions, **{id: texts[lang] for id, texts in ACT_WORDS.items()}}


def _topics(desk: Services, lang: Lang) -> dict[str, dict[str, object]]:
    """What tickets can be about, with what each is called."""
    return {
        one.id: {
            "title": one.title[lang],
            "subtopics": {id: title[lang] for id, title in one.subtopics.items()},
        }
        for one in desk.topics
    }


def _seconds(desk: Services, shop: str) -> dict[str, int]:
    """How long a shopper of this shop is to wait for a person, and then for each answer."""
    patience = desk.people.patience_of(shop)
    return {
        "promised": int(patience.promised.total_seconds()),
        "silence": int(patience.silence.total_seconds()),
    }


def _browsers(request: Request) -> Lang:
    return preferred(request.headers.get("accept-language", "")) or Lang.EN
