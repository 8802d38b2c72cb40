"""Who a shopper is at the shop, where the shop's server has signed it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("conversations", sa.Column("signed_as", sa.String(120)))


def downgrade() -> None:
    """Drop it again."""
    with op.batch_alter_table("conversations") as conversations:
        conversations.drop_column("signed_as")
