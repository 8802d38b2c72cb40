"""What an agent may answer at once: the FAQ's answers to the shopper's last message, and ready ones."""

from collections.abc import Iterable
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jawab.desk.agents.access import Served, Signed
from jawab.desk.agents.sessions import ERRORS
from jawab.desk.protocol import RasaFailure
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.support.agents.canned import ready
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Author, Message
from jawab.text.language import Lang

SHOWN = 3
_LEAST = 0.1  # below it a guess only takes an agent's time

log = structlog.get_logger()

router = APIRouter(prefix="/api/v1/agent/conversations", tags=["agents"], responses=ERRORS)

Read = Annotated[Lang | None, Query(description="The language of the titles.")]


class SuggestionOut(BaseModel):
    """An answer of the FAQ with the shop's facts, as the assistant would give it to the shopper."""

    intent: str = Field(examples=["returns_how"])
    title: str
    confidence: float
    text: str


class SuggestionsOut(BaseModel):
    """Answers to the shopper's message `message_id`, the likeliest first."""

    message_id: str | None
    suggestions: list[SuggestionOut]


class ReadyOut(BaseModel):
    """A ready answer, filled for the shop."""

    id: str
    title: str
    text: str


@router.get("/{conversation_id}/suggestions")
async def suggest(conversation: Served, desk: Desk, lang: Read = None) -> SuggestionsOut:
    """Answers of the FAQ to the shopper's last message; none while the assistant cannot be asked."""
    asked = await in_thread(_last_words, desk, conversation)
    if asked is None:
        return SuggestionsOut(message_id=None, suggestions=[])
    message, candidates = asked
    if candidates is None:
        candidates = await _understood(desk, message)
    found = _likely(desk, candidates)
    return SuggestionsOut(
        message_id=str(message.id),
        suggestions=await in_thread(_filled, desk, conversation, found, lang or conversation.lang),
    )


@router.get("/{conversation_id}/canned")
async def read_canned(
    conversation: Served, agent: Signed, desk: Desk, lang: Read = None
) -> list[ReadyOut]:
    """The ready answers of the conversation's shop, in the shopper's language."""
    shop = desk.knowledge.shops.get(conversation.shop)
    if shop is None:
        return []
    found = ready(
        desk.canned,
        shop,
        spoken=conversation.lang,
        read=lang or conversation.lang,
        agent=agent.name,
        now=desk.clock(),
    )
    return [ReadyOut(id=one.id, title=one.title, text=one.text) for one in found]


def _last_words(
    desk: Services, conversation: Conversation
) -> tuple[Message, list[dict[str, Any]] | None] | None:
    """The shopper's last message with words in it, and what the assistant took it for, if it was asked."""
    said = desk.store.last_words(conversation.id, Author.SHOPPER)
    if said is None:
        return None
    turn = next(
        (one for one in desk.store.turns_of(conversation.id) if one.message_id == said.id), None
    )
    candidates = (turn.result or {}).get("candidates") if turn else None
    return said, candidates if isinstance(candidates, list) and candidates else None


async def _understood(desk: Services, message: Message) -> list[dict[str, Any]]:
    try:
        return await desk.rasa.understand(message.text)
    except RasaFailure as failure:
        log.warning("suggestions.failed", message=message.id, reason=failure.reason)
        return []


def _likely(desk: Services, candidates: Iterable[dict[str, Any]]) -> list[tuple[str, float]]:
    pairs = (
        (str(one.get("intent")), float(one.get("confidence") or 0))
        for one in candidates
        if isinstance(one, dict)
    )
    found = [(id, sure) for id, sure in pairs if id in desk.knowledge.questions and sure >= _LEAST]
    return sorted(found, key=lambda pair: -pair[1])[:SHOWN]


def _filled(
    desk: Services, conversation: Conversation, found: list[tuple[str, float]], read: Lang
) -> list[SuggestionOut]:
    if conversation.shop not in desk.knowledge.shops:
        return []
    now = desk.clock()
    return [
        SuggestionOut(
            intent=id,
            title=desk.knowledge.questions[id].title[read],
            confidence=sure,
            text=desk.knowledge.answer(
                id, shop=conversation.shop, lang=conversation.lang, now=now
            ).strip(),
        )
        for id, sure in found
    ]
