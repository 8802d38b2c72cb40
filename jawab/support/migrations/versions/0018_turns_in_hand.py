"""Which desk has a turn in hand, and until when, so that several desks never ask the bot about the same one."""

import sqlalchemy as sa
from alembic import op

from jawab.support.tables import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is open then is free for whoever comes first."""
    op.add_column("turns", sa.Column("held_by", sa.String(270)))
    op.add_column("turns", sa.Column("held_until", UtcDateTime))


def downgrade() -> None:
    """Drop them again."""
    with op.batch_alter_table("turns") as table:
        table.drop_column("held_until")
        table.drop_column("held_by")
