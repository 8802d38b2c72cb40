"""The tables of e-mail: every mail that came, as it came, and who is written with in which conversation."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from jawab.support.tables import Id, UtcDateTime, metadata

WAITING = text("state = 'waiting'")
mails = Table(
    "mails",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("shop", String(64), nullable=False),
    Column("address", String(254), nullable=False),  # of the shop, which it was sent to
    Column("digest", String(64), nullable=False),
    Column("sender", String(254), nullable=False),
    Column("envelope_sender", String(254)),  # none where only the mail is there
    Column("raw", LargeBinary, nullable=False),
    Column("state", String(8), nullable=False),
    Column("fate", String(12)),
    Column("conversation_id", String(64), ForeignKey("conversations.id")),
    Column("reference", String(16)),  # the ticket it went to
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    UniqueConstraint("shop", "digest"),
    Index(
        "ix_mails_waiting",
        "next_attempt_at",
        "id",
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
    Index("ix_mails_sender_received_at", "sender", "received_at"),
    Index("ix_mails_conversation_id", "conversation_id"),
    Index("ix_mails_reference", "reference"),
    sqlite_autoincrement=True,
)

mail_threads = Table(
    "mail_threads",
    metadata,
    Column("conversation_id", String(64), ForeignKey("conversations.id"), primary_key=True),
    Column("address", String(254), nullable=False),  # of the shop, which answers come from
    Column("sender", String(254), nullable=False),
    Column("name", String(120), nullable=False),
    Column("subject", String(400), nullable=False),
    Column("last_id", String(255), nullable=False),  # the Message-ID of their last mail
    Column("reference", String(16)),
)
