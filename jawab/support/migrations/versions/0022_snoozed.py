"""The index of tickets that are put off holds those alone: the usual list is not to be read by it."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ASLEEP = sa.text("snoozed_until IS NOT NULL")


def upgrade() -> None:
    """Make it anew."""
    op.drop_index("ix_tickets_snoozed_until", "tickets")
    op.create_index(
        "ix_tickets_asleep",
        "tickets",
        ["snoozed_until"],
        sqlite_where=ASLEEP,
        postgresql_where=ASLEEP,
    )


def downgrade() -> None:
    """Make the old one again."""
    op.drop_index("ix_tickets_asleep", "tickets")
    op.create_index("ix_tickets_snoozed_until", "tickets", ["snoozed_until"])
