"""The table of what shoppers thought of the agents' help: one row a conversation, since it is asked once."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from jawab.support.tables import UtcDateTime, metadata

satisfaction = Table(
    "satisfaction",
    metadata,
    Column("conversation_id", String(64), ForeignKey("conversations.id"), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("agent_id", Integer),
    Column("reference", String(16)),  # of the ticket that was solved
    Column("stars", Integer),
    Column("rated_at", UtcDateTime),
    Column("wants_word", Boolean, nullable=False),  # the next message is the shopper's word on it
    Column("word", Text),
    Index("ix_satisfaction_rated_at", "rated_at"),
    Index("ix_satisfaction_asked_at", "asked_at"),
)
