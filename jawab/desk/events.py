"""A conversation's events as a stream: `message` (id = message id), `typing`, `owner`.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header
from sse_starlette import EventSourceResponse, ServerSentEvent

from jawab.desk.api import GREATEST_ID, PAGE, Opened
from jawab.desk.failures import Refusal
from jawab.desk.hub import MESSAGE, OWNER, News
from jawab.desk.links import Links
from jawab.desk.schemas import ErrorOut, MessageOut
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.desk.turns import BOT_RESTS, BOT_TYPES
from jawab.desk.typing_signs import AGENT_TYPES
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Message

NEWLINE = "\n"
RECONNECT_MILLISECONDS = 1000

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])


@router.get(
    "/{conversation_id}/events",
    response_class=EventSourceResponse,
    responses={
        200: {"content": {"text/event-stream": {}}, "description": "Events, until you leave."},
        **{status: {"model": ErrorOut} for status in (401, 403, 404, 422, 503)},
    },
)
async def read_events(
    opened: Opened, desk: Desk, last_event_id: Annotated[str | None, Header()] = None
) -> EventSourceResponse:
    """Everything after `Last-Event-ID`, then what happens; without that header, from now on."""
    conversation = await in_thread(desk.store.conversation, opened)
    return EventSourceResponse(
        _events(desk, conversation, _cursor(last_event_id)),
        ping=desk.settings.heartbeat.total_seconds(),
        sep=NEWLINE,
    )


def _cursor(last_event_id: str | None) -> int | None:
    if not last_event_id:
        return None
    if not (last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 20):
        raise Refusal(422, "invalid_request")
    return min(int(last_event_id), GREATEST_ID)


async def _events(
    desk: Services, conversation: Conversation, after: int | None
) -> AsyncIterator[ServerSentEvent]:
    # Subscribe first, read second: what is stored in between is read, what is stored later is news.
    with desk.hub.subscribe(conversation.id) as subscription:
        if after is None:
            after = await in_thread(desk.store.last_message_id, conversation.id)
        pending = await _present(desk, conversation.id)
        while True:
            full = True
            while full:
                found = await in_thread(
                    desk.store.messages_after, conversation.id, after, limit=PAGE
                )
                full = len(found) == PAGE
                for message in found:
                    after = message.id
                    yield _said(message, desk.links)
            for news in pending:
                if news.kind != MESSAGE:
                    yield _event(news)
            pending = await subscription.next()


async def _present(desk: Services, conversation_id: str) -> tuple[News, ...]:
    """Who answers, and whether somebody is typing: what a stream that begins now has missed."""
    owner = await in_thread(desk.people.owner, conversation_id)
    open_turn = await in_thread(desk.store.next_turn, conversation_id)
    if desk.typing.is_on(conversation_id):
        return owner, AGENT_TYPES
    return owner, BOT_TYPES if open_turn else BOT_RESTS


def _said(message: Message, links: Links) -> ServerSentEvent:
    data = MessageOut.of(message, links.to).model_dump_json()
    return ServerSentEvent(data, event=MESSAGE, id=str(message.id), sep=NEWLINE)


def _event(news: News) -> ServerSentEvent:
    retry = RECONNECT_MILLISECONDS if news.kind == OWNER else None
    return ServerSentEvent(json.dumps(dict(news.data)), event=news.kind, retry=retry, sep=NEWLINE)
