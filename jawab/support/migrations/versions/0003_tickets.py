"""Tickets and their history."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "tickets",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("message_id", ID),
        sa.Column("conversation_id", sa.String(64)),
        sa.Column("client_id", sa.String(64)),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("subtopic", sa.String(64)),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(20)),
        sa.Column("order_number", sa.String(64)),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(16), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("assignee", sa.String(64)),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_tickets"),
        sa.UniqueConstraint("message_id", name="uq_tickets_message_id"),
        sa.UniqueConstraint(
            "conversation_id", "client_id", name="uq_tickets_conversation_id_client_id"
        ),
    )
    op.create_index("ix_tickets_queue_state", "tickets", ["queue", "state"])
    op.create_index("ix_tickets_state_due_at", "tickets", ["state", "due_at"])
    for column in ("email", "phone", "assignee"):
        op.create_index(f"ix_tickets_{column}", "tickets", [column])
    op.create_table(
        "ticket_events",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_events"),
        sa.ForeignKeyConstraint(
            ["reference"], ["tickets.reference"], name="fk_ticket_events_reference"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ticket_events_reference", "ticket_events", ["reference"])


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("ticket_events")
    op.drop_table("tickets")
