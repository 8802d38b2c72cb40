"""How far a message of ours came in an app that tells: delivered, read."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("channel_sent", sa.Column("state", sa.String(9)))


def downgrade() -> None:
    """Drop it again."""
    with op.batch_alter_table("channel_sent") as table:
        table.drop_column("state")
