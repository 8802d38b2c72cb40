"""Indexing everything a database holds already, oldest first: run by the migration that makes the index."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from heapq import merge
from typing import Any

from sqlalchemy import JSON, column, select, table
from sqlalchemy.engine import Connection

from jawab.support.conversations.message import Author
from jawab.support.search import index as search_index
from jawab.support.search.entry import Entry, Kind, said_in
from jawab.support.search.filing import file_event, file_ticket
from jawab.support.tables import UtcDateTime
from jawab.text.language import Lang

# The tables as that migration finds them: only the columns that are read, whatever later code adds to them.
_conversations = table("conversations", *map(column, ("id", "shop", "lang")))
_messages = table(
    "messages",
    *map(column, ("id", "conversation_id", "author", "text", "lang")),
    column("pressed", JSON(none_as_null=True)),
    column("created_at", UtcDateTime),
)
_notes = table(
    "notes",
    *map(column, ("id", "conversation_id", "text")),
    column("created_at", UtcDateTime),
)
_tickets = table(
    "tickets",
    *map(column, ("reference", "conversation_id", "shop", "lang", "name", "email", "phone")),
    *map(column, ("order_number", "message")),
    column("opened_at", UtcDateTime),
)
_events = table(
    "ticket_events",
    *map(column, ("id", "reference")),
    column("data", JSON),
    column("at", UtcDateTime),
)


def fill(connection: Connection) -> None:
    """Index every message of a person, note, ticket and what was written under one, in the order of time."""
    parts = (_old_messages, _old_notes, _old_tickets, _old_events)
    for _, file in merge(*(part(connection) for part in parts), key=lambda found: found[0]):
        file()


_Found = list[tuple[datetime, Callable[[], None]]]


def _old_messages(connection: Connection) -> _Found:
    rows = connection.execute(
        select(_messages, _conversations.c.shop)
        .join(_conversations, _conversations.c.id == _messages.c.conversation_id)
        .where(_messages.c.author != Author.BOT.value)
        .order_by(_messages.c.created_at, _messages.c.id)
    )
    return [
        (row.created_at, partial(_file, connection, row, Kind.MESSAGE, message_id=row.id))
        for row in rows
        if row.pressed is None
    ]


def _old_notes(connection: Connection) -> _Found:
    rows = connection.execute(
        select(_notes, _conversations.c.shop, _conversations.c.lang)
        .join(_conversations, _conversations.c.id == _notes.c.conversation_id)
        .order_by(_notes.c.created_at, _notes.c.id)
    )
    return [
        (row.created_at, partial(_file, connection, row, Kind.NOTE, note_id=row.id)) for row in rows
    ]


def _file(connection: Connection, row: Any, kind: Kind, **key: Any) -> None:
    at, conversation_id = row.created_at, row.conversation_id
    entry = Entry(kind, row.shop, at, conversation_id=conversation_id, **key)
    search_index.add(connection, entry, row.text, lang=Lang(row.lang))


def _old_tickets(connection: Connection) -> _Found:
    rows = connection.execute(select(_tickets).order_by(_tickets.c.opened_at, _tickets.c.reference))
    return [
        (
            row.opened_at,
            partial(file_ticket, connection, row, lang=Lang(row.lang), at=row.opened_at),
        )
        for row in rows
    ]


def _old_events(connection: Connection) -> _Found:
    rows = connection.execute(
        select(_events, _tickets.c.shop, _tickets.c.lang, _tickets.c.conversation_id)
        .join(_tickets, _tickets.c.reference == _events.c.reference)
        .order_by(_events.c.at, _events.c.id)
    )
    return [
        (
            row.at,
            partial(
                file_event,
                connection,
                row,
                said_in(row.data),
                row.id,
                lang=Lang(row.lang),
                at=row.at,
            ),
        )
        for row in rows
    ]
