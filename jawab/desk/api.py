"""The conversation API: begin, say, read. /openapi.json describes it to programs."""

from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Depends, Header, Query, Response

from jawab.desk.failures import Refusal
from jawab.desk.gate import Limited
from jawab.desk.hub import MESSAGE
from jawab.desk.schemas import (
    AcceptedMessage,
    AnsweredMessage,
    ErrorOut,
    IdentifyIn,
    MessageOut,
    NewConversation,
    NewMessage,
    OpenedConversation,
    Transcript,
)
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.desk.welcome import welcome
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Message, Picked
from jawab.support.conversations.store import Accepted
from jawab.support.errors import TooManyAttachments
from jawab.support.handovers.handover import HandoverState
from jawab.support.persons.identity import Identity, verified
from jawab.support.texts import accepted, visible

GREATEST_ID = 2**63 - 1
PAGE = 200

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorOut} for status in (401, 403, 404, 409, 413, 422, 429, 503)
}
router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"], responses=_ERRORS)


async def authorised(
    conversation_id: str, desk: Desk, authorization: Annotated[str | None, Header()] = None
) -> str:
    """The conversation of the path, once the token has been found to open it."""
    desk.tokens.check_header(authorization, conversation_id)
    await desk.gate.enter(Limited.CONVERSATION, conversation_id)
    return conversation_id


Opened = Annotated[str, Depends(authorised)]


@router.post("", status_code=201)
async def begin_conversation(body: NewConversation, desk: Desk) -> OpenedConversation:
    """Begin a conversation; the bot greets with the shop's three most asked questions."""
    shop = desk.knowledge.shops.get(body.shop)
    if shop is None:
        raise Refusal(422, "unknown_shop")
    await desk.gate.enter(Limited.SHOP, shop.id)
    signed_as = _signed_as(body.identify, shop.id, desk) if body.identify else None
    conversation = begin(
        shop=shop.id, lang=body.lang or shop.language, now=desk.clock(), signed_as=signed_as
    )
    said = welcome(desk.words, desk.knowledge, shop=shop.id, lang=conversation.lang)
    greeting = await desk.together.write(desk.store.open_conversation, conversation, said)
    desk.home_shops.note(conversation)
    return OpenedConversation(
        id=conversation.id,
        token=desk.tokens.issue(conversation.id),
        greeting=[MessageOut.of(greeting, desk.links.to)],
    )


@router.post(
    "/{conversation_id}/messages",
    status_code=202,
    response_model=None,
    responses={
        202: {"model": AcceptedMessage},
        200: {"model": AnsweredMessage, "description": "With ?wait=true: the answer."},
    },
)
async def send_message(
    opened: Opened, body: NewMessage, desk: Desk, wait: bool = False
) -> Response:
    """Store a message and queue it for the bot.

    The same client_id gives the same answer; with other content it is refused (409). With `wait` the
    answer comes along, or 202 when it takes longer than the desk holds a request.
    """
    await desk.gate.enter(Limited.SHOP, await desk.home_shops.of(opened))
    arrival = await _arrival(body, opened, desk)
    got = await desk.hearing.hear(opened, arrival)
    desk.shoppers_typing.end(opened)
    replies = await _replies(desk, got) if wait else None
    said: AcceptedMessage
    if replies is None:
        said = AcceptedMessage(id=str(got.message.id))
    else:
        shown = [MessageOut.of(reply, desk.links.to) for reply in replies]
        said = AnsweredMessage(id=str(got.message.id), replies=shown)
    # Written here: FastAPI would walk through the values once more.
    return Response(
        said.model_dump_json(),
        status_code=202 if replies is None else 200,
        media_type="application/json",
    )


@router.post("/{conversation_id}/typing", status_code=204)
async def type_(opened: Opened, desk: Desk) -> None:
    """Show the agent who answers that one is typing, words untold; it ends by itself, or with the message."""
    held = await in_thread(desk.handovers.open_of, opened)
    if held is not None and held.state is HandoverState.ACTIVE:
        desk.shoppers_typing.begin(opened)


@router.get("/{conversation_id}/messages")
async def read_transcript(
    opened: Opened, desk: Desk, after: Annotated[int, Query(ge=0, le=GREATEST_ID)] = 0
) -> Transcript:
    """The messages after this id, from the beginning without one."""
    await in_thread(desk.store.conversation, opened)
    found = await in_thread(desk.store.messages_after, opened, after, limit=PAGE + 1)
    return Transcript(
        messages=[MessageOut.of(message, desk.links.to) for message in found[:PAGE]],
        more=len(found) > PAGE,
    )


def _signed_as(given: IdentifyIn, shop: str, desk: Services) -> str:
    secret = desk.settings.identity_secrets.get(shop)
    if secret is None:
        raise Refusal(422, "identity_not_set_up")
    identity = Identity(given.user, given.expires, given.signature)
    now = desk.clock().timestamp()
    return verified(identity, shop=shop, secret=secret.get_secret_value(), now=now)


async def _arrival(body: NewMessage, opened: str, desk: Services) -> Arrival:
    if body.question is not None:
        question = desk.knowledge.questions.get(body.question)
        if question is None:
            raise Refusal(422, "unknown_question")
        lang = (await in_thread(desk.store.conversation, opened)).lang
        return Arrival(body.client_id, question=Picked(question.id, question.title[lang]))
    if body.app is not None:
        conversation = await in_thread(desk.store.conversation, opened)
        asked = desk.invitations.asked(body.app, conversation.shop, conversation.lang)
        return Arrival(body.client_id, question=asked)
    if body.button is not None:
        return Arrival(body.client_id, button=body.button)
    if len(body.attachments) > desk.settings.max_attachments:
        raise TooManyAttachments(desk.settings.max_attachments)
    text = body.text or ""
    if visible(text) or not body.attachments:
        text = accepted(text, limit=desk.settings.max_message_length)
    else:
        text = ""
    return Arrival(body.client_id, text=text, attachments=tuple(body.attachments))


async def _replies(desk: Services, got: Accepted) -> tuple[Message, ...] | None:
    """Wait until the message's turn is over, and say what came of it; None when that takes longer than a request is held."""
    message_id = got.message.id
    with (
        desk.hub.subscribe(got.message.conversation_id) as news,  # before looking: no end is missed
        desk.endings.awaited(message_id) as ended,
        anyio.move_on_after(desk.settings.wait_limit.total_seconds()),
    ):
        at_work = (
            got.begun is not None
        )  # in this process, which has not gone on since: not over yet
        while True:
            if not at_work:
                replies = ended()
                if replies is None:
                    replies = await in_thread(desk.store.outcome, message_id)
                if replies is not None:
                    return replies
            at_work = False
            while not any(item.kind == MESSAGE for item in await news.next()):
                pass  # typing and ownership end no turn
    return None
