"""In which language a request is answered when it has to be refused, and which way languages run."""

from typing import Literal

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError

from jawab.desk.failures import Refusal
from jawab.desk.services import Services
from jawab.desk.threads import in_thread
from jawab.support.errors import SupportError
from jawab.text.language import Lang

Direction = Literal["rtl", "ltr"]
_RIGHT_TO_LEFT = frozenset((Lang.FA, Lang.AR))


def direction(lang: Lang) -> Direction:
    """The way a language is written.

    >>> direction(Lang.FA), direction(Lang.AR), direction(Lang.EN)
    ('rtl', 'rtl', 'ltr')
    """
    return "rtl" if lang in _RIGHT_TO_LEFT else "ltr"


async def language_of(request: Request, services: Services, *, shop: object = None) -> Lang:
    """The conversation's language, else the browser's, the signed-in agent's, the shop's, English."""
    return (
        await _of_conversation(request, services)
        or preferred(request.headers.get("accept-language", ""))
        or getattr(request.state, "agents_language", None)
        or _of_shop(services, shop or request.path_params.get("shop"))
        or Lang.EN
    )


def preferred(header: str) -> Lang | None:
    """The best of our languages in an Accept-Language header.

    >>> preferred("de, ar-SA;q=0.8, en;q=0.5")
    <Lang.AR: 'ar'>
    """
    best: tuple[float, Lang] | None = None
    for part in header[:500].split(","):
        tag, _, quality = part.strip().partition(";")
        try:
            lang = Lang(tag.strip().split("-")[0].lower())
            weight = float(quality.strip().removeprefix("q=") or 1) if quality else 1.0
        except ValueError:
            continue
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, lang)
    return best[1] if best else None


def _of_shop(services: Services, shop: object) -> Lang | None:
    profile = services.knowledge.shops.get(shop) if isinstance(shop, str) else None
    return profile.language if profile else None


async def _of_conversation(request: Request, services: Services) -> Lang | None:
    conversation_id = request.path_params.get("conversation_id")
    if conversation_id is None:
        return None
    try:
        services.tokens.check_header(request.headers.get("authorization"), conversation_id)
        return (await in_thread(services.store.conversation, conversation_id)).lang
    except (Refusal, SupportError, SQLAlchemyError):
        return None
