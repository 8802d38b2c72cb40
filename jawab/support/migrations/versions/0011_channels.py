"""By which way a conversation came; all there were before began on the site."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    channel = sa.Column("channel", sa.String(16), nullable=False, server_default="site")
    op.add_column("conversations", channel)


def downgrade() -> None:
    """Drop it again."""
    with op.batch_alter_table("conversations") as conversations:
        conversations.drop_column("channel")
