"""What is put into the index: each by the statement that stores it, and everything older by a migration.

What the bot says is not indexed, nor are pressed buttons: the same answers and titles a thousand times find nothing.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Author, Message
from jawab.support.conversations.note import Note
from jawab.support.search import index as search_index
from jawab.support.search.entry import Entry, Kind, said_in
from jawab.support.tickets.ticket import Ticket, TicketEvent
from jawab.text.language import Lang


def of_message(connection: Connection, message: Message, *, shop: str) -> None:
    """Let a message be found, if a person wrote it."""
    if message.author is Author.BOT or message.pressed is not None:
        return
    entry = Entry(
        Kind.MESSAGE,
        shop,
        message.at,
        conversation_id=message.conversation_id,
        message_id=message.id,
    )
    search_index.add(connection, entry, message.text, lang=message.lang)


def of_note(connection: Connection, note: Note, conversation: Conversation) -> None:
    """Let an agent's note be found."""
    entry = Entry(
        Kind.NOTE,
        conversation.shop,
        note.at,
        conversation_id=conversation.id,
        note_id=note.id,
    )
    search_index.add(connection, entry, note.text, lang=conversation.lang)


def of_ticket(connection: Connection, ticket: Ticket) -> None:
    """Let a ticket be found, by its message, name, reference, phone, e-mail and order number."""
    file_ticket(connection, ticket, lang=ticket.lang, at=ticket.opened_at)


def of_event(connection: Connection, ticket: Ticket, event: TicketEvent, event_id: int) -> None:
    """Let what was written under a ticket be found."""
    said = said_in(event.data)
    file_event(connection, ticket, said, event_id, lang=ticket.lang, at=event.at)


def file_ticket(connection: Connection, ticket: Any, *, lang: Lang, at: datetime) -> None:
    """The same of a ticket's row."""
    entry = Entry(
        Kind.TICKET,
        ticket.shop,
        at,
        conversation_id=ticket.conversation_id,
        reference=ticket.reference,
    )
    more = search_index.ticket_terms(
        reference=ticket.reference,
        email=ticket.email,
        phone=ticket.phone,
        order_number=ticket.order_number,
    )
    said = f"{ticket.reference} {ticket.name} {ticket.email or ''} {ticket.message}"
    search_index.add(connection, entry, said, lang=lang, more=more)


def file_event(
    connection: Connection, ticket: Any, said: str, event_id: int, *, lang: Lang, at: datetime
) -> None:
    """The same of what an event's row says, if it says anything."""
    if not said:
        return
    entry = Entry(
        Kind.TICKET,
        ticket.shop,
        at,
        conversation_id=ticket.conversation_id,
        reference=ticket.reference,
        event_id=event_id,
    )
    search_index.add(connection, entry, said, lang=lang)
