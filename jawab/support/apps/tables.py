"""The tables of messaging apps: their chats, what came from them, and under which names messages went there."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from jawab.support.tables import Id, UtcDateTime, metadata

chats = Table(
    "channel_chats",
    metadata,
    Column("account", String(48), primary_key=True),
    Column("chat", String(255), primary_key=True),  # the app's own name for it
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("sender", String(255), nullable=False),
    Column("name", String(120), nullable=False),
    Column("phone", String(20)),
    Column("phone_verified", Boolean, nullable=False),
    Column("payload", String(64)),  # of the deep link it last came by
    Column("heard_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id"),
)

WAITING = text("state = 'waiting'")
inbox = Table(
    "channel_inbox",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("account", String(48), nullable=False),
    Column("update_id", String(255), nullable=False),
    Column("chat", String(255), nullable=False),
    Column("album", String(255)),
    Column("body", JSON, nullable=False),  # emptied when it is done
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("account", "update_id"),
    Index(
        "ix_channel_inbox_waiting",
        "account",
        "chat",
        "id",
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
    sqlite_autoincrement=True,
)

# How far an account's updates were polled.
offsets = Table(
    "channel_offsets",
    metadata,
    Column("account", String(48), primary_key=True),
    Column("offset", String(255), nullable=False),
)

sent = Table(
    "channel_sent",
    metadata,
    Column("account", String(48), primary_key=True),
    Column("chat", String(255), primary_key=True),
    Column("reference", String(255), primary_key=True),  # the app's own name for a message of ours
    Column("conversation_id", String(64), nullable=False),
    Column("message_id", Id, nullable=False),
    Column("problem", String(120)),
    Column("state", String(9)),  # delivered or read, where the app tells
    Index("ix_channel_sent_conversation_id", "conversation_id"),
)
