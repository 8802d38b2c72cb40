"""Attachments and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make two tables, and the messages' column for the files they carry."""
    op.add_column(
        "messages", sa.Column("attachments", sa.JSON(), nullable=False, server_default="[]")
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("message_id", ID),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_attachments_conversation_id"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_attachments_message_id"),
    )
    for column in ("conversation_id", "message_id", "content"):
        op.create_index(f"ix_attachments_{column}", "attachments", [column])
    op.create_table(
        "feedback",
        sa.Column("message_id", ID, autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("value", sa.String(4), nullable=False),
        sa.Column("reason", sa.String(12)),
        sa.Column("comment", sa.Text()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_feedback"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_feedback_message_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_feedback_conversation_id"
        ),
    )
    for column in ("conversation_id", "value"):
        op.create_index(f"ix_feedback_{column}", "feedback", [column])


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("feedback")
    op.drop_table("attachments")
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("attachments")
