"""Conversations and tickets to print: PDF files for the agents of their shop."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from jawab.desk.agents.access import Served
from jawab.desk.agents.paper import Entry, Sheet, pdf
from jawab.desk.agents.tickets import ServedTicket
from jawab.desk.agents.transcript_words import TRANSCRIPT_WORDS
from jawab.desk.languages import direction
from jawab.desk.moments import moment
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.desk.word_tables import in_language
from jawab.knowledge import Shop
from jawab.knowledge.phrases import digits
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Author, Message
from jawab.support.tickets import ticket as tickets
from jawab.support.tickets.ticket import Happening, Ticket
from jawab.text.language import Lang

PAGE = 500

router = APIRouter(include_in_schema=False)

InLanguage = Annotated[Lang | None, Query()]


@router.get("/desk/conversations/{conversation_id}/transcript.pdf")
async def conversation_pdf(
    conversation: Served, desk: Desk, lang: InLanguage = None, notes: bool = False
) -> Response:
    """Everything said; the colleagues' notes only when asked for, since prints are given away."""
    spoken = lang or conversation.lang
    sheet = await in_thread(_of_conversation, desk, conversation, spoken, notes)
    return await _file(sheet, f"conversation-{conversation.id[:8]}")


@router.get("/desk/tickets/{reference}/transcript.pdf")
async def ticket_pdf(
    found: ServedTicket, desk: Desk, lang: InLanguage = None, notes: bool = False
) -> Response:
    """The ticket as it was opened and what was said on it, then its conversation."""
    sheet = await in_thread(_of_ticket, desk, found, lang or found.lang, notes)
    return await _file(sheet, found.reference)


async def _file(sheet: Sheet, name: str) -> Response:
    return Response(
        await in_thread(pdf, sheet),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "Cache-Control": "no-store",
        },
    )


def _of_conversation(desk: Services, conversation: Conversation, lang: Lang, notes: bool) -> Sheet:
    words = in_language(lang, TRANSCRIPT_WORDS)
    shop = desk.knowledge.shops[conversation.shop]
    facts = [
        (words["shop"], shop.name[lang]),
        (words["began"], moment(conversation.created_at, shop, lang)),
    ]
    opened = [one.reference for one in desk.tickets.of_conversation(conversation.id)]
    if opened:
        facts.append((words["tickets"], " ".join(opened)))
    entries = _said(desk, conversation.id, shop, lang, notes)
    return _sheet(desk, words["conversation"], facts, entries, shop, lang)


def _of_ticket(desk: Services, ticket: Ticket, lang: Lang, notes: bool) -> Sheet:
    words = in_language(lang, TRANSCRIPT_WORDS)
    shop = desk.knowledge.shops[ticket.shop]
    facts = [
        (words["shop"], shop.name[lang]),
        (words["opened"], moment(ticket.opened_at, shop, lang)),
        *(
            (words[key], value)
            for key in ("name", "phone", "email", "order_number")
            if (value := getattr(ticket, key))
        ),
    ]
    names = {tickets.agent(str(one.id)): one.name for one in desk.agents.everybody()}
    files = tuple(one.shown.name for one in desk.attachments.known(ticket.attachments))
    written = [
        (
            ticket.opened_at,
            Entry(ticket.name, moment(ticket.opened_at, shop, lang), ticket.message, files),
        )
    ]
    for event in desk.tickets.history(ticket.reference):
        note = event.what is Happening.NOTE
        if event.what is Happening.REPLY or (note and notes):
            who = names.get(event.who) or words.get(event.who, words["agent"])
            who = f"{who} · {words['note']}" if note else who
            text = str(event.data.get("text", ""))
            written.append((event.at, Entry(who, moment(event.at, shop, lang), text, note=note)))
    entries = [entry for _, entry in written]
    if ticket.conversation_id is not None:
        entries += _said(desk, ticket.conversation_id, shop, lang, notes)
    title = f"{words['ticket']} {ticket.reference}"
    return _sheet(desk, title, facts, entries, shop, lang)


def _sheet(
    desk: Services,
    title: str,
    facts: list[tuple[str, str]],
    entries: list[Entry],
    shop: Shop,
    lang: Lang,
) -> Sheet:
    words = in_language(lang, TRANSCRIPT_WORDS)
    return Sheet(
        title=title,
        facts=[*facts, (words["printed"], moment(desk.clock(), shop, lang))],
        entries=entries,
        page=words["page"],
        file=words["file"],
        number=lambda number: digits(number, lang),
        rightwards=direction(lang) == "ltr",
    )


def _said(desk: Services, conversation_id: str, shop: Shop, lang: Lang, notes: bool) -> list[Entry]:
    words = in_language(lang, TRANSCRIPT_WORDS)
    written: list[tuple[datetime, Entry]] = []
    for message in _messages(desk, conversation_id):
        who = words[message.author.value]
        if message.author is Author.AGENT and message.signature:
            who = f"{message.signature} · {who}"
        files = tuple(attached.name for attached in message.attachments)
        at = moment(message.at, shop, lang)
        text = "\n".join((message.text, *(f"• {button.title}" for button in message.buttons)))
        written.append((message.at, Entry(who, at, text, files)))
    if notes:
        for note in desk.notes.of_conversation(conversation_id):
            who = f"{note.agent_name} · {words['note']}"
            entry = Entry(who, moment(note.at, shop, lang), note.text, note=True)
            written.append((note.at, entry))
    return [entry for _, entry in sorted(written, key=lambda one: one[0])]


def _messages(desk: Services, conversation_id: str) -> Iterable[Message]:
    after = 0
    while found := desk.store.messages_after(conversation_id, after, limit=PAGE):
        yield from found
        after = found[-1].id
