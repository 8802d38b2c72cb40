"""The index of what can be found. Its words lie in `search_terms`, which each database has in its own way."""

from sqlalchemy import Column, Index, String, Table

from jawab.support.tables import Id, UtcDateTime, metadata

search_entries = Table(
    "search_entries",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("kind", String(8), nullable=False),
    Column("shop", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("conversation_id", String(64)),
    Column("reference", String(16)),
    Column("message_id", Id),
    Column("event_id", Id),
    Column("note_id", Id),
    Index("ix_search_entries_conversation_id", "conversation_id"),
    Index("ix_search_entries_reference", "reference"),
    sqlite_autoincrement=True,
)

TERMS = "search_terms"
