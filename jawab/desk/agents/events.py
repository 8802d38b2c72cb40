"""What concerns an agent, live: `queue` (who waits, whom they answer, counts), `message`, `typing` and `fate` of their conversations.

`queue` and `typing` (in which of them the shopper is) are whole states, sent when they have changed, and so is `fate` for each
conversation (which messages the app delivered, which were read, which never arrived). A message's event id names the last one sent of each
conversation the agent holds (`5.41-7.44`: hand-over and message), so that `Last-Event-ID` resumes with nothing lost
however the messages of several conversations fell between each other.
"""

import re
import time
from collections.abc import AsyncIterator, Iterable
from typing import Annotated

import anyio
from fastapi import APIRouter, Header, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from jawab.desk.agents.access import Signed, token_of
from jawab.desk.agents.conversation_schemas import Fates, MessageOfConversation, Typing
from jawab.desk.agents.queues import queues_of
from jawab.desk.agents.sessions import ERRORS
from jawab.desk.api import PAGE
from jawab.desk.events import NEWLINE, RECONNECT_MILLISECONDS
from jawab.desk.failures import Refusal
from jawab.desk.hub import AGENTS, MESSAGE, QUEUE, TYPING
from jawab.desk.schemas import MessageOut
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.support.conversations.message import Message
from jawab.support.handovers.handover import Handover

_CURSORS = re.compile(r"[0-9]{1,18}\.[0-9]{1,18}(-[0-9]{1,18}\.[0-9]{1,18}){0,99}")
FATE = "fate"
_SIGNS_OF_LIFE = 3  # within the time after which an agent would count as gone

router = APIRouter(prefix="/api/v1/agent", tags=["agents"])


@router.get(
    "/events",
    response_class=EventSourceResponse,
    responses={
        **ERRORS,
        200: {"content": {"text/event-stream": {}}, "description": "Events, until you leave."},
    },
)
async def read_events(
    agent: Signed,
    desk: Desk,
    request: Request,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventSourceResponse:
    """What there is to do and what is said, as it happens. While the stream is open the agent counts as heard of."""
    token, _ = token_of(request)
    return EventSourceResponse(
        _events(desk, token or "", _cursors(last_event_id)),
        ping=desk.settings.heartbeat.total_seconds(),
        sep=NEWLINE,
    )


def _cursors(last_event_id: str | None) -> dict[int, int]:
    if not last_event_id:
        return {}
    if not _CURSORS.fullmatch(last_event_id):
        raise Refusal(422, "invalid_request")
    pairs = (pair.split(".") for pair in last_event_id.split("-"))
    return {int(handover): int(message) for handover, message in pairs}


async def _events(
    desk: Services, token: str, cursors: dict[int, int]
) -> AsyncIterator[ServerSentEvent]:
    beat = desk.settings.presence_lifetime.total_seconds() / _SIGNS_OF_LIFE
    before, typed, next_sign = "", Typing(conversations=[]), 0.0
    told: dict[str, Fates] = {}
    # Subscribe first, read second: what is stored in between is read, what is stored later is news.
    with desk.hub.subscribe(AGENTS) as subscription:
        while True:
            agent = await in_thread(desk.agents.of_token, token, now=desk.clock())
            if agent is None:
                return  # signed out, or expired
            if time.monotonic() >= next_sign:
                await in_thread(desk.agents.seen, agent.id, now=desk.clock())
                next_sign = time.monotonic() + beat / 2
            state = (await in_thread(queues_of, desk, agent)).model_dump_json()
            if state != before:
                before = state
                yield ServerSentEvent(state, event=QUEUE, retry=RECONNECT_MILLISECONDS, sep=NEWLINE)
            held = await in_thread(desk.handovers.held_by, agent.id)
            cursors = {one.id: cursors[one.id] for one in held if one.id in cursors}
            for handover in held:
                async for message in _said_since(desk, handover, cursors):
                    cursors[handover.id] = message.id
                    yield _event(desk, handover, message, cursors)
            typing = _typing(desk, held)
            if typing != typed:
                typed = typing
                yield ServerSentEvent(typing.model_dump_json(), event=TYPING, sep=NEWLINE)
            for fates in await in_thread(_fates, desk, held):
                if fates.fates and told.get(fates.conversation_id) != fates:
                    told[fates.conversation_id] = fates
                    yield ServerSentEvent(fates.model_dump_json(), event=FATE, sep=NEWLINE)
            with anyio.move_on_after(beat):
                await subscription.next()


def _fates(desk: Services, held: Iterable[Handover]) -> list[Fates]:
    ids = [handover.conversation_id for handover in held]
    return [Fates.of(id, fates) for id, fates in desk.channels.chats.fates(ids).items()]


def _typing(desk: Services, held: Iterable[Handover]) -> Typing:
    ids = (handover.conversation_id for handover in held)
    return Typing(conversations=[id for id in ids if desk.shoppers_typing.is_on(id)])


async def _said_since(
    desk: Services, handover: Handover, cursors: dict[int, int]
) -> AsyncIterator[Message]:
    """The messages of a conversation that this stream has not sent; from its beginning for one just taken."""
    after, full = cursors.get(handover.id, 0), True
    while full:
        found = await in_thread(
            desk.store.messages_after, handover.conversation_id, after, limit=PAGE
        )
        full = len(found) == PAGE
        for message in found:
            after = message.id
            yield message


def _event(
    desk: Services, handover: Handover, message: Message, cursors: dict[int, int]
) -> ServerSentEvent:
    data = MessageOfConversation(
        conversation_id=handover.conversation_id, message=MessageOut.of(message, desk.links.to)
    )
    id = "-".join(f"{handover_id}.{last}" for handover_id, last in cursors.items())
    return ServerSentEvent(data.model_dump_json(), event=MESSAGE, id=id, sep=NEWLINE)
