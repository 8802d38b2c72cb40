"""What was done to agents' accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "agent_audit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("login", sa.String(80), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("deed", sa.String(12), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agent_audit"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("agent_audit")
