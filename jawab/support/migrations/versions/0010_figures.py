"""Indexes that the owner's figures and a conversation's own turns are found by."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INDEXES = (
    ("conversations", "created_at"),
    ("turns", "conversation_id"),
    ("turns", "queued_at"),
    ("tickets", "opened_at"),
    ("handovers", "asked_at"),
    ("satisfaction", "asked_at"),
)


def upgrade() -> None:
    """Make them."""
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Drop them again."""
    for table, column in reversed(INDEXES):
        op.drop_index(f"ix_{table}_{column}", table)
