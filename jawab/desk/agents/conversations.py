"""A conversation in an agent's hands: see all of it, take it, answer, note, give it on, end it."""

from dataclasses import asdict
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query, Request

from jawab.desk.agents.access import Served, Signed
from jawab.desk.agents.conversation_schemas import (
    AgentsMessage,
    Candidate,
    ConversationOut,
    EntityOut,
    Fates,
    FeedbackOut,
    NoteIn,
    NoteOut,
    ReplyIn,
    Understanding,
)
from jawab.desk.agents.handover_schemas import HandoverOut, TransferIn
from jawab.desk.agents.persons import joined_to, person_of
from jawab.desk.agents.sessions import ERRORS
from jawab.desk.agents.ticket_schemas import TicketBrief
from jawab.desk.api import GREATEST_ID, PAGE
from jawab.desk.hub import AGENTS, MESSAGE, QUEUE, News
from jawab.desk.schemas import MessageOut, StoredAttachment
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.desk.uploads import BODY, REFUSED, take
from jawab.support.agents.agent import Agent
from jawab.support.apps.chat import Fate
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.feedback import Feedback
from jawab.support.conversations.message import Author, Message
from jawab.support.conversations.turn import Turn
from jawab.support.errors import NotYours, TooManyAttachments, UnknownAgent
from jawab.support.handovers.handover import Ending
from jawab.support.handovers.store import Change
from jawab.support.texts import accepted, visible
from jawab.support.tickets.ticket import Queue, Ticket
from jawab.text import extract

log = structlog.get_logger()

router = APIRouter(prefix="/api/v1/agent/conversations", tags=["agents"], responses=ERRORS)


@router.get("/{conversation_id}")
async def read_conversation(
    conversation: Served, desk: Desk, after: Annotated[int, Query(ge=0, le=GREATEST_ID)] = 0
) -> ConversationOut:
    """Everything said in a conversation and known about it, with how the bot understood each message."""
    return await in_thread(_whole, desk, conversation, after)


@router.post("/{conversation_id}/claim")
async def claim(conversation: Served, agent: Signed, desk: Desk) -> HandoverOut:
    """Take a conversation out of the queue. Of two who try at once one gets it; the other is told who (409)."""
    change = await desk.people.claim(conversation.id, agent)
    log.info("handover.claimed", conversation=conversation.id, agent=agent.id)
    return _moved(desk, change, agent)


@router.post("/{conversation_id}/reopen")
async def reopen(conversation: Served, agent: Signed, desk: Desk) -> HandoverOut:
    """Take up a conversation again that was closed or returned. Of two at once one gets it (409)."""
    change = await desk.people.reopen(conversation.id, agent)
    log.info("handover.reopened", conversation=conversation.id, agent=agent.id)
    return _moved(desk, change, agent)


@router.post("/{conversation_id}/messages", status_code=201)
async def reply(conversation: Served, body: ReplyIn, agent: Signed, desk: Desk) -> MessageOut:
    """Write to the shopper. The same client_id is stored once; with other words it is refused (409)."""
    message, fresh = await in_thread(
        desk.replies.write,
        conversation.id,
        agent,
        client_id=body.client_id,
        text=_words(body, desk),
        now=desk.clock(),
        attachments=tuple(body.attachments),
    )
    if fresh:
        tell_written(desk, conversation.id)
    return MessageOut.of(message, desk.links.to)


@router.post(
    "/{conversation_id}/attachments",
    status_code=201,
    openapi_extra={"requestBody": BODY},
    responses=REFUSED,
)
async def upload(
    conversation: Served, agent: Signed, request: Request, desk: Desk
) -> StoredAttachment:
    """Upload one photo or video for the shopper whom one answers, then send its id with a message."""
    held = await in_thread(desk.handovers.open_of, conversation.id)
    if held is None or held.agent_id != agent.id:
        raise NotYours("claim the conversation first")
    return await take(desk, conversation.id, request)


@router.post("/{conversation_id}/typing", status_code=204)
async def type_(conversation: Served, agent: Signed, desk: Desk) -> None:
    """Show the shopper that one is typing; it ends by itself after some seconds, or with the message."""
    held = await in_thread(desk.handovers.open_of, conversation.id)
    if held is None or held.agent_id != agent.id:
        raise NotYours("claim the conversation first")
    desk.typing.begin(conversation.id)


@router.post("/{conversation_id}/notes", status_code=201)
async def add_note(conversation: Served, body: NoteIn, agent: Signed, desk: Desk) -> NoteOut:
    """Note something for colleagues; the shopper never reads it."""
    text = accepted(body.text, limit=desk.settings.max_message_length)
    note = await in_thread(desk.notes.add, conversation.id, agent, text, now=desk.clock())
    desk.hub.publish(AGENTS, News(QUEUE))
    return NoteOut.of(note)


@router.post("/{conversation_id}/transfer")
async def transfer(
    conversation: Served, body: TransferIn, agent: Signed, desk: Desk
) -> HandoverOut:
    """Give the conversation, or one who still waits, to a colleague who is there; or to the front of a queue."""
    goal: Agent | Queue
    if body.agent is not None:
        goal = await in_thread(desk.agents.get, body.agent)
        if not goal.active or not goal.serves(conversation.shop):
            raise UnknownAgent("no agent of this shop has this id")
    else:
        goal = body.queue or Queue.SHOPPERS
    note = body.note if body.note and visible(body.note) else None
    change = await desk.people.transfer(conversation.id, agent, goal, note=note)
    desk.typing.end(conversation.id)
    log.info("handover.transferred", conversation=conversation.id, agent=agent.id)
    return _moved(desk, change, agent)


@router.post("/{conversation_id}/return")
async def give_back(conversation: Served, agent: Signed, desk: Desk) -> HandoverOut:
    """Let the bot answer again."""
    return await _end(conversation, agent, desk, Ending.RETURNED)


@router.post("/{conversation_id}/close")
async def close(conversation: Served, agent: Signed, desk: Desk) -> HandoverOut:
    """End the talk; the bot answers whatever the shopper writes later."""
    return await _end(conversation, agent, desk, Ending.CLOSED)


def _words(body: ReplyIn, desk: Services) -> str:
    if len(body.attachments) > desk.settings.max_attachments:
        raise TooManyAttachments(desk.settings.max_attachments)
    if body.attachments and not visible(body.text):
        return ""
    return accepted(body.text, limit=desk.settings.max_message_length)


def tell_written(desk: Services, conversation_id: str) -> None:
    """Let the shopper's and the agents' streams read what an agent has written."""
    desk.typing.end(conversation_id)
    desk.hub.publish(conversation_id, News(MESSAGE))
    desk.hub.publish(AGENTS, News(QUEUE))


async def _end(
    conversation: Conversation, agent: Agent, desk: Services, ending: Ending
) -> HandoverOut:
    change = await desk.people.finish(conversation.id, agent, ending)
    desk.typing.end(conversation.id)
    log.info("handover.ended", conversation=conversation.id, agent=agent.id, how=ending.value)
    return _moved(desk, change, agent)


def _moved(desk: Services, change: Change, agent: Agent) -> HandoverOut:
    names = {agent.id: agent.name}
    if change.handover.agent_id not in (None, agent.id):
        names[change.handover.agent_id or 0] = desk.agents.get(change.handover.agent_id or 0).name
    return HandoverOut.of(change.handover, names=names, place=change.standing.place or None)


def _whole(desk: Services, conversation: Conversation, after: int) -> ConversationOut:
    found = desk.store.messages_after(conversation.id, after, limit=PAGE + 1)
    turns = {turn.message_id: turn for turn in desk.store.turns_of(conversation.id)}
    verdicts = {given.message_id: given for given in desk.feedback.of_conversation(conversation.id)}
    names = {one.id: one.name for one in desk.agents.everybody()}
    undelivered = desk.channels.chats.undelivered(conversation.id)
    fates = Fates.of(
        conversation.id, desk.channels.chats.fates((conversation.id,))[conversation.id]
    )
    handovers = desk.handovers.of_conversation(conversation.id)
    current = next((one for one in handovers if one.is_open), None)
    place = desk.handovers.standing(current, now=desk.clock()).place if current else None
    shop = desk.knowledge.shops.get(conversation.shop)
    pattern = shop.order_number.pattern if shop else ""
    return ConversationOut.of(
        conversation,
        handover=current and HandoverOut.of(current, names=names, place=place or None),
        handovers=[HandoverOut.of(one, names=names) for one in handovers],
        messages=[
            _known_message(
                desk,
                message,
                turns.get(message.id),
                verdicts.get(message.id),
                pattern,
                undelivered.get(message.id),
                fates.fates.get(str(message.id)),
            )
            for message in found[:PAGE]
        ],
        more=len(found) > PAGE,
        notes=[NoteOut.of(note) for note in desk.notes.of_conversation(conversation.id)],
        tickets=[TicketBrief.of(ticket) for ticket in _tickets(desk, conversation)],
        person=person_of(desk, conversation),
    )


def _known_message(
    desk: Services,
    message: Message,
    turn: Turn | None,
    verdict: Feedback | None,
    order_number: str,
    undelivered: str | None,
    fate: Fate | None,
) -> AgentsMessage:
    understanding = None
    if message.author is Author.SHOPPER:
        understanding = _understanding(message, turn, order_number)
    return AgentsMessage(
        **dict(MessageOut.of(message, desk.links.to)),
        lang=message.lang,
        understanding=understanding,
        feedback=FeedbackOut.of(verdict) if verdict else None,
        undelivered=undelivered,
        fate=fate,
    )


def _understanding(message: Message, turn: Turn | None, order_number: str) -> Understanding:
    report: dict[str, Any] = dict(turn.result or {}) if turn else {}
    return Understanding(
        intent=_text(report.get("intent")),
        confidence=_number(report.get("confidence")),
        outcome=_text(report.get("outcome")),
        candidates=[
            Candidate(intent=str(one.get("intent")), confidence=_number(one.get("confidence")) or 0)
            for one in report.get("candidates") or ()
            if isinstance(one, dict)
        ],
        entities=[
            EntityOut(**asdict(entity))
            for entity in extract(
                message.text, lang=message.lang, order_number=order_number, today=message.at.date()
            )
        ],
    )


def _tickets(desk: Services, conversation: Conversation) -> tuple[Ticket, ...]:
    """The tickets of the conversation and of what is joined to it, and those by phone or e-mail, latest first."""
    joined = desk.tickets.of_conversations(joined_to(desk, conversation))
    found = {ticket.reference: ticket for ticket in joined}
    for ticket in tuple(found.values()):
        others = desk.tickets.of_contact(
            shop=conversation.shop, email=ticket.email, phone=ticket.phone
        )
        found.update((other.reference, other) for other in others)
    return tuple(sorted(found.values(), key=lambda ticket: ticket.opened_at, reverse=True))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
