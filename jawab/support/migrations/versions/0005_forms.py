"""What a message of a form asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; earlier messages ask for nothing."""
    op.add_column("messages", sa.Column("form", sa.JSON()))


def downgrade() -> None:
    """Drop it again."""
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("form")
