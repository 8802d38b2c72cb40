"""An index by which deliveries are counted, as often as somebody watches."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NAME = "ix_deliveries_carrier_state"


def upgrade() -> None:
    """Make the index."""
    op.create_index(NAME, "deliveries", ["carrier", "state"])


def downgrade() -> None:
    """Drop it again."""
    op.drop_index(NAME, "deliveries")
