"""The tables of hand-overs, and of what shoppers thought of the help: asked once in a conversation."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from jawab.support.tables import Id, UtcDateTime, metadata

OPEN_HANDOVERS = text("state IN ('waiting', 'active')")
handovers = Table(
    "handovers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("shop", String(64), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("queue", String(16), nullable=False),
    Column("state", String(8), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("waiting_since", UtcDateTime, nullable=False),
    Column("front", Boolean, nullable=False),
    Column("agent_id", Integer, ForeignKey("agents.id")),
    Column("claimed_at", UtcDateTime),
    Column("first_claimed_at", UtcDateTime),
    Column("unanswered_since", UtcDateTime),
    Column("told_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("ending", String(12)),
    Index(
        "ix_handovers_open",  # a conversation has one open hand-over at most
        "conversation_id",
        unique=True,
        sqlite_where=OPEN_HANDOVERS,
        postgresql_where=OPEN_HANDOVERS,
    ),
    Index("ix_handovers_state_shop", "state", "shop"),
    Index("ix_handovers_agent_id_state", "agent_id", "state"),
    Index("ix_handovers_shop_first_claimed_at", "shop", "first_claimed_at"),
    Index("ix_handovers_conversation_id", "conversation_id"),
    Index("ix_handovers_asked_at", "asked_at"),
    sqlite_autoincrement=True,
)

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
