"""Who may see the owner's pages, and whose forms are taken.

The pages work without a script, so their forms cannot send the header that the agents' API asks for. Each form carries
instead a token that follows from the session's own, which no other site knows.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Query, Request

from jawab.desk.agents.access import agent_or_nobody, token_of
from jawab.desk.failures import Refusal, SignInFirst
from jawab.desk.languages import preferred
from jawab.desk.services import Desk
from jawab.support.agents.agent import Agent, Role
from jawab.text.language import Lang

FORM_TOKEN = "form_token"  # noqa: S105 a field's name
_MOST_FIELDS = 1000


@dataclass(frozen=True)
class Visit:
    """Somebody who may look at the owner's pages; `lang` is what they read."""

    agent: Agent
    lang: Lang
    token: str

    @property
    def owns(self) -> bool:
        """Whether what is seen may be changed, too."""
        return self.agent.role is Role.OWNER


@dataclass(frozen=True)
class Form:
    """A form's fields as they were typed."""

    fields: Mapping[str, list[str]]

    def one(self, name: str) -> str:
        """The field's value, empty where it has none."""
        return self.fields.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        """Every value of the field."""
        return self.fields.get(name, [])


async def _visit(
    request: Request, desk: Desk, lang: Annotated[Lang | None, Query()] = None
) -> Visit:
    """The visit of a lead or the owner; refuses (403) agents, and lets others sign in first."""
    agent = await agent_or_nobody(request, desk)
    if agent is None:
        raise SignInFirst
    own = agent.languages[0] if agent.languages else None
    request.state.agents_language = lang or own
    if not agent.leads:
        raise Refusal(403, "forbidden")
    spoken = lang or own or preferred(request.headers.get("accept-language", "")) or Lang.EN
    token, _ = token_of(request)
    return Visit(agent, spoken, form_token(token or ""))


Guest = Annotated[Visit, Depends(_visit)]


async def posted(request: Request, guest: Visit) -> Form:
    """The form that the owner sent from a page of ours; refuses (403) everybody else's, and other sites'."""
    if not guest.owns:
        raise Refusal(403, "forbidden")
    body = (await request.body()).decode("utf-8", "replace")
    try:
        form = Form(parse_qs(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise Refusal(422, "invalid_request") from None
    if not hmac.compare_digest(form.one(FORM_TOKEN).encode(), guest.token.encode()):
        raise Refusal(403, "forbidden")
    return form


def form_token(token: str) -> str:
    """The token of a session's forms; the session's own does not follow from it."""
    return hashlib.sha256(b"form " + token.encode()).hexdigest()
