"""The tables of persons: who has which conversations, what joined and separated them, and the links that do."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
)

from jawab.support.tables import Id, UtcDateTime, metadata

persons = Table(
    "persons",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("shop", String(64), nullable=False),
    Column("phone", String(20)),  # verified
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("shop", "phone"),
)

members = Table(
    "person_members",
    metadata,
    Column("conversation_id", String(64), ForeignKey("conversations.id"), primary_key=True),
    Column("person_id", String(32), ForeignKey("persons.id"), nullable=False),
    Column("proof", String(8), nullable=False),
    Column("source", String(64)),
    Column("apart", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_person_members_person_id", "person_id"),
)

# Only ever added to: what joined and separated whose conversations, and when; no phone in it.
events = Table(
    "person_events",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("person_id", String(32), nullable=False),
    Column("conversation_id", String(64), nullable=False),
    Column("who", String(80), nullable=False),
    Column("what", String(12), nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_person_events_person_id", "person_id"),
    Index("ix_person_events_conversation_id", "conversation_id"),
    sqlite_autoincrement=True,
)

invitations = Table(
    "person_invitations",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the token, which is nowhere
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("account", String(48), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("opened_by", String(64)),
    Column("used_at", UtcDateTime),
    Index("ix_person_invitations_conversation_id", "conversation_id"),
    Index("ix_person_invitations_opened_by", "opened_by"),
)
