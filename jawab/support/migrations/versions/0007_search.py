"""The index of messages, tickets and notes, filled with what is there."""

import sqlalchemy as sa
from alembic import op

from jawab.support.search import filling as search_filling
from jawab.support.search import index as search_index

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make both tables and fill them; folding is the code's, and whatever fold it has the index is made with."""
    op.create_table(
        "search_entries",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation_id", sa.String(64)),
        sa.Column("reference", sa.String(16)),
        sa.Column("message_id", ID),
        sa.Column("event_id", ID),
        sa.Column("note_id", ID),
        sa.PrimaryKeyConstraint("id", name="pk_search_entries"),
        sqlite_autoincrement=True,
    )
    for column in ("conversation_id", "reference"):
        op.create_index(f"ix_search_entries_{column}", "search_entries", [column])
    connection = op.get_bind()
    search_index.make(connection)
    search_filling.fill(connection)


def downgrade() -> None:
    """Drop them again."""
    search_index.drop(op.get_bind())
    op.drop_table("search_entries")
