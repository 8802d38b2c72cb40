"""Tickets in agents' hands: list, see, take, answer, move from state to state."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Path, Query, Request

from jawab.desk.agents.access import Served, Signed
from jawab.desk.agents.conversation_schemas import NoteIn
from jawab.desk.agents.conversations import tell_written
from jawab.desk.agents.sessions import ERRORS
from jawab.desk.agents.ticket_schemas import (
    AssignIn,
    MergeIn,
    SnoozeIn,
    StateIn,
    TicketBrief,
    TicketFull,
    TicketPage,
    TicketReplyIn,
)
from jawab.desk.hub import AGENTS, MESSAGE, QUEUE, News
from jawab.desk.schemas import AttachmentOut, StoredAttachment
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.desk.ticket_schemas import NewTicketIn
from jawab.desk.tickets import open_with
from jawab.desk.uploads import BODY, REFUSED, take
from jawab.support.agents.agent import Agent
from jawab.support.apps.chat import Fate
from jawab.support.conversations.message import Message
from jawab.support.errors import (
    IllegalTransition,
    TooManyAttachments,
    UnknownAgent,
    UnknownConversation,
    UnknownTicket,
    UnreadableReference,
)
from jawab.support.texts import accepted
from jawab.support.tickets import reference, ticket
from jawab.support.tickets.ticket import Happening, Origin, Queue, Ticket, TicketState

SHOWN = 50

log = structlog.get_logger()

router = APIRouter(prefix="/api/v1/agent", tags=["agents"], responses=ERRORS)


async def _served_ticket(
    given: Annotated[str, Path(alias="reference", max_length=64, examples=["JW-K37-W9F2"])],
    agent: Signed,
    desk: Desk,
) -> Ticket:
    """The ticket of the path, when it is the agent's business; else it is as if it were not there."""
    try:
        found = await in_thread(desk.tickets.find, reference.parse(given))
    except UnreadableReference:
        raise UnknownTicket("this is no reference") from None
    if not _is_business_of(agent, found):
        raise UnknownTicket("no ticket of this agent's has this reference")
    return found


ServedTicket = Annotated[Ticket, Depends(_served_ticket)]


@router.get("/tickets")
async def list_tickets(
    agent: Signed,
    desk: Desk,
    queue: Queue | None = None,
    state: Annotated[list[TicketState] | None, Query()] = None,
    shop: Annotated[str | None, Query(max_length=64)] = None,
    mine: bool = False,
    snoozed: bool | None = None,
    after: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = SHOWN,
) -> TicketPage:
    """The tickets that are this agent's business, the most pressing first, page by page."""
    found = await in_thread(
        desk.tickets.search,
        queue=queue,
        queues=() if agent.leads or mine else agent.queues,
        states=state or (),
        shop=shop,
        shops=() if agent.serves_all_shops else agent.shops,
        assignee=ticket.agent(str(agent.id)) if mine else None,
        asleep=snoozed,
        after=after,
        limit=limit + 1,
    )
    return TicketPage(
        tickets=[TicketBrief.of(one) for one in found[:limit]], more=len(found) > limit
    )


@router.post("/conversations/{conversation_id}/tickets", status_code=201)
async def open_ticket(
    conversation: Served, body: NewTicketIn, agent: Signed, desk: Desk
) -> TicketFull:
    """Open a ticket for the shopper of a conversation; the transcript confirms it. Once for a client_id."""
    who = ticket.agent(str(agent.id))
    opened = await in_thread(open_with, desk, conversation, body, origin=Origin.AGENT, who=who)
    desk.hub.publish(conversation.id, News(MESSAGE))
    desk.hub.publish(AGENTS, News(QUEUE))
    log.info("ticket.opened", ticket=opened.reference, conversation=conversation.id)
    return await _full(desk, opened)


@router.get("/tickets/{reference}")
async def read_ticket(found: ServedTicket, desk: Desk) -> TicketFull:
    """A ticket with its whole history."""
    return await _full(desk, found)


@router.post("/tickets/{reference}/assign")
async def assign(found: ServedTicket, body: AssignIn, agent: Signed, desk: Desk) -> TicketFull:
    """Give a ticket to an agent, to nobody, or to another queue."""
    assignee = None
    if body.agent is not None:
        goal = await in_thread(desk.agents.get, body.agent)
        if not goal.active or not goal.serves(found.shop):
            raise UnknownAgent("no agent of this shop has this id")
        assignee = ticket.agent(str(goal.id))
    changed = await in_thread(
        desk.tickets.assign,
        found.reference,
        assignee,
        who=ticket.agent(str(agent.id)),
        at=desk.clock(),
        queue=body.queue,
        expected=body.version,
    )
    return await _changed(desk, changed)


@router.post("/tickets/{reference}/notes", status_code=201)
async def add_note(found: ServedTicket, body: NoteIn, agent: Signed, desk: Desk) -> TicketFull:
    """Note something that only agents read."""
    changed = await in_thread(
        desk.tickets.note,
        found.reference,
        accepted(body.text, limit=desk.settings.max_message_length),
        who=ticket.agent(str(agent.id)),
        at=desk.clock(),
    )
    return await _changed(desk, changed)


@router.post("/tickets/{reference}/reply", status_code=201)
async def reply(found: ServedTicket, body: TicketReplyIn, agent: Signed, desk: Desk) -> TicketFull:
    """Answer the shopper: in the ticket, and in the conversation that opened it. Once for a client_id."""
    text = accepted(body.text, limit=desk.settings.max_message_length)
    if len(body.attachments) > desk.settings.max_attachments:
        raise TooManyAttachments(desk.settings.max_attachments)
    message = None
    if found.conversation_id is not None:
        message, _ = await in_thread(
            desk.replies.write,
            found.conversation_id,
            agent,
            client_id=body.client_id,
            text=text,
            now=desk.clock(),
            holding=False,
            attachments=tuple(body.attachments),
        )
        tell_written(desk, found.conversation_id)
    changed = await in_thread(_answered, desk, found, agent, text, message)
    return await _changed(desk, changed)


@router.post(
    "/tickets/{reference}/attachments",
    status_code=201,
    openapi_extra={"requestBody": BODY},
    responses=REFUSED,
)
async def upload(
    found: ServedTicket, agent: Signed, request: Request, desk: Desk
) -> StoredAttachment:
    """Upload one photo or video, then send its id with an answer; the ticket must belong to a conversation."""
    if found.conversation_id is None:
        raise UnknownConversation("this ticket was opened outside of any conversation")
    return await take(desk, found.conversation_id, request)


@router.post("/tickets/{reference}/state")
async def move(found: ServedTicket, body: StateIn, agent: Signed, desk: Desk) -> TicketFull:
    """Move a ticket to a state: `solved` solves it, `open` takes it up or reopens it."""
    changed = await in_thread(
        desk.tickets.move,
        found.reference,
        body.state,
        who=ticket.agent(str(agent.id)),
        at=desk.clock(),
        note=body.note,
        expected=body.version,
    )
    log.info("ticket.moved", ticket=found.reference, state=body.state.value)
    if body.state is TicketState.SOLVED and found.conversation_id is not None:
        await desk.survey.ask(found.conversation_id, agent_id=agent.id, reference=found.reference)
    return await _changed(desk, changed)


@router.post("/tickets/{reference}/merge")
async def merge(found: ServedTicket, body: MergeIn, agent: Signed, desk: Desk) -> TicketFull:
    """Let another ticket of the same shopper go on in place of this one, which is over; `split` undoes it."""
    try:
        goal = await _served_ticket(body.into, agent, desk)
    except UnknownTicket:
        raise IllegalTransition("there is no ticket of this agent's to merge into") from None
    who = ticket.agent(str(agent.id))
    changed = await in_thread(
        desk.doubles.merge,
        found.reference,
        goal.reference,
        who=who,
        at=desk.clock(),
        expected=body.version,
    )
    log.info("ticket.merged", ticket=found.reference, into=goal.reference)
    return await _changed(desk, changed)


@router.post("/tickets/{reference}/split")
async def split(found: ServedTicket, agent: Signed, desk: Desk) -> TicketFull:
    """Take a merge back: the ticket stands by itself again, in the state it had."""
    who = ticket.agent(str(agent.id))
    changed = await in_thread(desk.doubles.split, found.reference, who=who, at=desk.clock())
    log.info("ticket.split", ticket=found.reference)
    return await _changed(desk, changed)


@router.post("/tickets/{reference}/snooze")
async def snooze(found: ServedTicket, body: SnoozeIn, agent: Signed, desk: Desk) -> TicketFull:
    """Put a ticket off until a time; it comes back then, at once when the shopper writes, or now (null)."""
    who, now = ticket.agent(str(agent.id)), desk.clock()
    if body.until is None:
        changed = await in_thread(desk.snoozes.wake, found.reference, who=who, at=now)
    else:
        changed = await in_thread(
            desk.snoozes.snooze,
            found.reference,
            body.until,
            who=who,
            at=now,
            expected=body.version,
        )
    return await _changed(desk, changed)


def _answered(
    desk: Services, found: Ticket, agent: Agent, text: str, message: Message | None
) -> Ticket:
    """Write the answer down unless it is the last thing that this agent did: then the request came again."""
    who = ticket.agent(str(agent.id))
    last = desk.tickets.history(found.reference)[-1]
    if (last.who, last.what, last.data.get("text")) == (who, Happening.REPLY, text):
        return found
    said = message.id if message is not None else None
    return desk.tickets.reply(found.reference, text, who=who, at=desk.clock(), message=said)


def _is_business_of(agent: Agent, found: Ticket) -> bool:
    own = found.assignee == ticket.agent(str(agent.id))
    return agent.serves(found.shop) and (own or agent.serves(found.shop, found.queue))


async def _changed(desk: Services, changed: Ticket) -> TicketFull:
    desk.hub.publish(AGENTS, News(QUEUE))
    return await _full(desk, changed)


async def _full(desk: Services, found: Ticket) -> TicketFull:
    history = await in_thread(desk.tickets.history, found.reference)
    files = await in_thread(desk.attachments.known, found.attachments)
    attachments = [
        AttachmentOut(**asdict(file.shown), url=desk.links.to(file.shown.id)) for file in files
    ]
    everybody = await in_thread(desk.agents.everybody)
    names = {ticket.agent(str(one.id)): one.name for one in everybody}
    fates: Mapping[int, Fate] = {}
    if (id := found.conversation_id) is not None:
        fates = (await in_thread(desk.channels.chats.fates, (id,)))[id]
    doubles = await in_thread(desk.doubles.of, found)
    return TicketFull.whole(found, history, attachments, names, fates, doubles)
