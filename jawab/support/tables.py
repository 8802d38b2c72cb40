"""The tables, as SQLAlchemy metadata. The migrations make them; a test holds the two together."""

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A desk's name: a host's and a port.
HOLDER_LENGTH = 270

# SQLite gives ids by itself only to a column of type INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator):  # type: ignore[misc]
    """A moment in UTC: aware on both sides, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse a naive moment; SQLite keeps no zone, so UTC is implied there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored; use an aware datetime")
        value = value.astimezone(timezone.utc)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc)


conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("shop", String(64), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("owner", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("channel", String(16), nullable=False, server_default="site"),
    Column("signed_as", String(120)),  # the user's id at the shop, which has signed it
    Index("ix_conversations_created_at", "created_at"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("author", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("lang", String(2), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("buttons", JSON, nullable=False),  # [{"title", "meaning"}], ids follow from the place
    Column("pressed", JSON(none_as_null=True)),  # {"id", "meaning"} of the button it stands for
    Column("client_id", String(64)),
    Column("in_reply_to", Id, ForeignKey("messages.id")),
    # [{"id", "name", "type", "size"}], as they were when the message was sent
    Column("attachments", JSON, nullable=False, server_default="[]"),
    Column("agent_id", Integer),  # who of the agents wrote it, and under which name
    Column("signature", String(80)),
    # {"id", "field", "input", "step", "steps"} of a message that asks for one answer of a form
    Column("form", JSON(none_as_null=True)),
    UniqueConstraint("conversation_id", "client_id"),
    Index("ix_messages_conversation_id_id", "conversation_id", "id"),
    Index("ix_messages_in_reply_to", "in_reply_to"),
    sqlite_autoincrement=True,  # an id is never given twice, so a cursor never lies
)

OPEN_TURNS = text("state IN ('queued', 'sent')")
turns = Table(
    "turns",
    metadata,
    Column("message_id", Id, ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("next_attempt_at", UtcDateTime),
    Column("held_by", String(HOLDER_LENGTH)),
    Column("held_until", UtcDateTime),
    Column("intent", String(64)),
    Column("confidence", Float),
    Column("outcome", String(32)),
    Column("result", JSON(none_as_null=True)),
    Index(
        "ix_turns_open",
        "conversation_id",
        "message_id",
        sqlite_where=OPEN_TURNS,
        postgresql_where=OPEN_TURNS,
    ),
    Index("ix_turns_state", "state"),
    Index("ix_turns_conversation_id", "conversation_id"),
    Index("ix_turns_queued_at", "queued_at"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("message_id", Id, ForeignKey("messages.id")),  # none until it is sent
    Column("name", String(120), nullable=False),
    Column("type", String(32), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", String(64), nullable=False),  # SHA-256, the file's name under var/attachments
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_attachments_conversation_id", "conversation_id"),
    Index("ix_attachments_message_id", "message_id"),
    Index("ix_attachments_content", "content"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("message_id", Id, ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("value", String(4), nullable=False),
    Column("reason", String(12)),
    Column("comment", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_feedback_conversation_id", "conversation_id"),
    Index("ix_feedback_value", "value"),
)

ASLEEP = text("snoozed_until IS NOT NULL")
# A ticket outlives its conversation and must be kept even where that is gone: no foreign keys to it.
tickets = Table(
    "tickets",
    metadata,
    Column("reference", String(16), primary_key=True),
    Column("message_id", Id),
    Column("conversation_id", String(64)),
    Column("client_id", String(64)),
    Column("shop", String(64), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("subtopic", String(64)),
    Column("name", String(120), nullable=False),
    Column("email", String(254)),
    Column("phone", String(20)),
    Column("order_number", String(64)),
    Column("message", Text, nullable=False),
    Column("attachments", JSON, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("queue", String(16), nullable=False),
    Column("state", String(12), nullable=False),
    Column("assignee", String(64)),
    Column("due_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("merged_into", String(16)),  # the ticket that goes on in place of this double
    Column("snoozed_until", UtcDateTime),  # out of the queue until then
    UniqueConstraint("message_id"),
    UniqueConstraint("conversation_id", "client_id"),
    Index("ix_tickets_queue_state", "queue", "state"),
    Index("ix_tickets_state_due_at", "state", "due_at"),
    Index("ix_tickets_email", "email"),
    Index("ix_tickets_phone", "phone"),
    Index("ix_tickets_assignee", "assignee"),
    Index("ix_tickets_opened_at", "opened_at"),
    Index(
        "ix_tickets_asleep",  # of those alone, so that the usual list is not read by it
        "snoozed_until",
        sqlite_where=ASLEEP,
        postgresql_where=ASLEEP,
    ),
)

# Only ever added to: who did what to a ticket, and when.
ticket_events = Table(
    "ticket_events",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("reference", String(16), ForeignKey("tickets.reference"), nullable=False),
    Column("who", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("what", String(16), nullable=False),
    Column("data", JSON, nullable=False),
    Index("ix_ticket_events_reference", "reference"),
    sqlite_autoincrement=True,
)
