"""Messaging apps: their chats, what came from them, how far they were polled, and what went there."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "channel_chats",
        sa.Column("account", sa.String(48), nullable=False),
        sa.Column("chat", sa.String(255), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("sender", sa.String(255), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("phone", sa.String(20)),
        sa.Column("phone_verified", sa.Boolean(), nullable=False),
        sa.Column("payload", sa.String(64)),
        sa.Column("heard_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", "chat", name="pk_channel_chats"),
        sa.UniqueConstraint("conversation_id", name="uq_channel_chats_conversation_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_channel_chats_conversation_id"
        ),
    )
    op.create_table(
        "channel_inbox",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(48), nullable=False),
        sa.Column("update_id", sa.String(255), nullable=False),
        sa.Column("chat", sa.String(255), nullable=False),
        sa.Column("album", sa.String(255)),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_channel_inbox"),
        sa.UniqueConstraint("account", "update_id", name="uq_channel_inbox_account_update_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_channel_inbox_waiting",
        "channel_inbox",
        ["account", "chat", "id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_table(
        "channel_offsets",
        sa.Column("account", sa.String(48), nullable=False),
        sa.Column("offset", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_channel_offsets"),
    )
    op.create_table(
        "channel_sent",
        sa.Column("account", sa.String(48), nullable=False),
        sa.Column("chat", sa.String(255), nullable=False),
        sa.Column("reference", sa.String(255), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("problem", sa.String(120)),
        sa.PrimaryKeyConstraint("account", "chat", "reference", name="pk_channel_sent"),
    )
    op.create_index("ix_channel_sent_conversation_id", "channel_sent", ["conversation_id"])


def downgrade() -> None:
    """Drop them again."""
    for table in ("channel_sent", "channel_offsets", "channel_inbox", "channel_chats"):
        op.drop_table(table)
