"""Tickets by forms: open one, see how it stands, and the list of what it can be about."""

from hmac import compare_digest
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, Path, Request

from jawab.desk.addresses import network
from jawab.desk.api import Opened
from jawab.desk.failures import Refusal
from jawab.desk.hub import MESSAGE, News
from jawab.desk.rendering import profile_of
from jawab.desk.schemas import ErrorOut
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.desk.ticket_schemas import (
    NewTicketIn,
    SubtopicOut,
    TicketOut,
    TicketStatusIn,
    TicketTopicOut,
    TicketTopicsOut,
)
from jawab.desk.ticket_words import confirmation, shown
from jawab.support import contact
from jawab.support.conversations.conversation import Conversation
from jawab.support.errors import TooManyAttachments, UnknownTicket
from jawab.support.forms.entry import Entry, checked
from jawab.support.tickets import reference
from jawab.support.tickets.priority import priority_of
from jawab.support.tickets.promise import due_at
from jawab.support.tickets.ticket import NewTicket, Origin, Ticket
from jawab.text.language import Lang

log = structlog.get_logger()

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorOut} for status in (401, 403, 404, 409, 413, 422, 429, 503)
}
router = APIRouter(prefix="/api/v1", tags=["tickets"], responses=_ERRORS)


@router.post("/conversations/{conversation_id}/tickets", status_code=201)
async def open_ticket(opened: Opened, body: NewTicketIn, desk: Desk) -> TicketOut:
    """Open a ticket with a filled-in form; a message of the bot in the transcript confirms it.

    The same client_id gives the same ticket. The answer 422 `invalid_ticket` says of each field under
    `error.fields` what is wrong with it, in the conversation's language.
    """
    conversation = await in_thread(desk.store.conversation, opened)
    origin = Origin.PAGE if body.page else Origin.WIDGET
    ticket = await in_thread(open_with, desk, conversation, body, origin=origin)
    desk.hub.publish(opened, News(MESSAGE))
    log.info("ticket.opened", ticket=ticket.reference, conversation=opened)
    return await in_thread(shown, desk, ticket, (), lang=conversation.lang)


@router.post("/tickets/{reference}/status")
async def read_status(
    reference: Annotated[str, Path(max_length=64, examples=["JW-K37-W9F2"])],
    body: TicketStatusIn,
    desk: Desk,
    request: Request,
    authorization: Annotated[str | None, Header()] = None,
) -> TicketOut:
    """How a ticket stands, for its owner: by phone or e-mail, or by the token of its conversation.

    A ticket that there is not and one of somebody else get the same answer. Wrong attempts are limited for each ticket
    and each address (429 with Retry-After).
    """
    return await _status(reference, body, desk, request, authorization)


@router.get("/shops/{shop}/topics")
async def read_topics(shop: str, desk: Desk, lang: Lang | None = None) -> TicketTopicsOut:
    """What a ticket can be about: topics, and the subtopics of each."""
    spoken = lang or profile_of(desk, shop).language
    return TicketTopicsOut(
        lang=spoken,
        topics=[
            TicketTopicOut(
                id=topic.id,
                title=topic.title[spoken],
                needs_order_number=topic.needs_order_number,
                subtopics=[
                    SubtopicOut(id=id, title=title[spoken]) for id, title in topic.subtopics.items()
                ],
            )
            for topic in desk.topics
        ],
    )


def open_with(
    desk: Services,
    conversation: Conversation,
    body: NewTicketIn,
    *,
    origin: Origin,
    who: str | None = None,
) -> Ticket:
    """Check a form filled in by the shopper, or by `who` for them, and open the ticket."""
    shop, now = desk.knowledge.shop(conversation.shop), desk.clock()
    entry = checked(
        Entry(
            topic=body.topic,
            subtopic=body.subtopic,
            name=body.name,
            email=body.email,
            phone=body.phone,
            order_number=body.order_number,
            message=body.message,
        ),
        topics=desk.topics,
        order_number=shop.order_number,
        longest_message=desk.settings.max_message_length,
    )
    if len(body.attachments) > desk.settings.max_attachments:
        raise TooManyAttachments(desk.settings.max_attachments)
    desk.attachments.check(conversation.id, body.attachments)
    signals = desk.signals.of(conversation.id, shop=shop.id, email=entry.email, phone=entry.phone)
    new = NewTicket(
        shop=shop.id,
        lang=conversation.lang,
        topic=entry.topic.id,
        subtopic=entry.subtopic,
        queue=entry.topic.queue,
        name=entry.name,
        email=entry.email,
        phone=entry.phone,
        message=entry.message,
        order_number=entry.order_number,
        attachments=tuple(body.attachments),
        conversation_id=conversation.id,
        client_id=body.client_id,
        origin=origin,
        priority=priority_of(signals),
        at=now,
    )
    return desk.tickets.open(
        new,
        due_at=due_at(shop, new.queue, now),
        who=who,
        confirm=lambda ticket: confirmation(desk, ticket),
    )


async def _status(
    given: str, body: TicketStatusIn, desk: Services, request: Request, authorization: str | None
) -> TicketOut:
    """The state of the ticket, once its owner has been recognised."""
    email = contact.email(body.email) if body.email else None
    phone = contact.phone(body.phone) if body.phone else None
    if not (email or phone or authorization):
        raise Refusal(422, "invalid_request")
    found = reference.parse(given)
    address = network(request.client.host if request.client else "")
    limits = {
        f"address {address}": desk.settings.guesses_per_address,
        f"ticket {found}": desk.settings.guesses_per_ticket,
    }
    try:
        ticket = await in_thread(desk.tickets.find, found)
    except UnknownTicket:
        ticket = None
    by_token = ticket is not None and _opens(desk, authorization, ticket)
    if not by_token:
        await in_thread(desk.guesses.attempt, limits)
    if ticket is None or not (by_token or _is_owner(ticket, email, phone)):
        log.info("ticket.status_refused")
        raise UnknownTicket("there is no such ticket of theirs")
    if not by_token:
        await in_thread(desk.guesses.right, limits)
    history = await in_thread(desk.tickets.history, ticket.reference)
    return await in_thread(shown, desk, ticket, history, lang=body.lang or ticket.lang)


def _opens(desk: Services, authorization: str | None, ticket: Ticket) -> bool:
    if authorization is None or ticket.conversation_id is None:
        return False
    try:
        desk.tokens.check_header(authorization, ticket.conversation_id)
    except Refusal:
        return False
    return True


def _is_owner(ticket: Ticket, email: str | None, phone: str | None) -> bool:
    """Whether everything that was given is what the ticket holds."""
    pairs = [(email, ticket.email), (phone, ticket.phone)]
    given = [(said, kept or "") for said, kept in pairs if said is not None]
    return bool(given) and all(compare_digest(said.encode(), kept.encode()) for said, kept in given)
