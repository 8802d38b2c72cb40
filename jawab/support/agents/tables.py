"""The tables of agents: accounts, sessions, notes, and what was done to accounts."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from jawab.support.tables import Id, UtcDateTime, metadata

agents = Table(
    "agents",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("login", String(80), nullable=False),  # in small letters
    Column("name", String(80), nullable=False),  # as shoppers read it
    Column("password", String(200), nullable=False),  # argon2id
    Column("role", String(8), nullable=False),
    Column("shops", JSON, nullable=False),  # [] for all; so with the next two
    Column("queues", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("presence", String(8), nullable=False),
    Column("seen_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("login"),
    sqlite_autoincrement=True,
)

agent_sessions = Table(
    "agent_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # SHA-256; the token itself is nowhere
    Column("agent_id", Integer, ForeignKey("agents.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_agent_sessions_agent_id", "agent_id"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("agent_id", Integer, ForeignKey("agents.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_notes_conversation_id", "conversation_id"),
    sqlite_autoincrement=True,
)

agent_audit = Table(
    "agent_audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("login", String(80), nullable=False),  # whose account
    Column("who", String(80), nullable=False),  # by name, as it was then
    Column("deed", String(12), nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
