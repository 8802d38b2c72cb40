"""Tickets that are one with another, and tickets that are out of the queue for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns."""
    op.add_column("tickets", sa.Column("merged_into", sa.String(16)))
    op.add_column("tickets", sa.Column("snoozed_until", sa.DateTime(timezone=True)))
    op.create_index("ix_tickets_snoozed_until", "tickets", ["snoozed_until"])


def downgrade() -> None:
    """Drop them again."""
    op.drop_index("ix_tickets_snoozed_until", "tickets")
    with op.batch_alter_table("tickets") as table:
        table.drop_column("snoozed_until")
        table.drop_column("merged_into")
