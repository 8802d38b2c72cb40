"""Notes in SQL, and in the index that agents search."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from jawab.support.agents.agent import Agent
from jawab.support.agents.tables import agents, notes
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.note import Note
from jawab.support.conversations.statements import find_conversation
from jawab.support.database import Database
from jawab.support.search import filing as search_filing
from jawab.support.texts import storable


class NoteStore:
    """What agents have noted about conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, conversation_id: str, agent: Agent, text: str, *, now: datetime) -> Note:
        """Keep a note about a conversation."""
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id)
            return note_down(connection, conversation, agent, text, now)

    def of_conversation(self, conversation_id: str) -> tuple[Note, ...]:
        """The notes about a conversation, oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(notes, agents.c.name)
                .join(agents, agents.c.id == notes.c.agent_id)
                .where(notes.c.conversation_id == conversation_id)
                .order_by(notes.c.id)
            )
            return tuple(map(_to_note, found))


def note_down(
    connection: Connection, conversation: Conversation, agent: Agent, text: str, now: datetime
) -> Note:
    """Keep a note, on a connection whose transaction the caller holds."""
    values = {
        "conversation_id": conversation.id,
        "agent_id": agent.id,
        "text": storable(text),
        "created_at": now,
    }
    made = connection.execute(insert(notes).values(values)).inserted_primary_key[0]
    note = Note(made, conversation.id, agent.id, agent.name, storable(text), now)
    search_filing.of_note(connection, note, conversation)
    return note


def _to_note(row: Any) -> Note:
    return Note(
        id=row.id,
        conversation_id=row.conversation_id,
        agent_id=row.agent_id,
        agent_name=row.name,
        text=row.text,
        at=row.created_at,
    )
