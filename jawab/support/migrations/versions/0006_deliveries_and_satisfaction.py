"""The outbox of e-mails and webhooks; what shoppers thought of the agents' help."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "deliveries",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("carrier", sa.String(8), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("problem", sa.String(120)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["next_attempt_at", "id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("ix_deliveries_subject", "deliveries", ["subject"])
    op.create_table(
        "satisfaction",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("agent_id", sa.Integer()),
        sa.Column("reference", sa.String(16)),
        sa.Column("stars", sa.Integer()),
        sa.Column("rated_at", MOMENT),
        sa.Column("wants_word", sa.Boolean(), nullable=False),
        sa.Column("word", sa.Text()),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_satisfaction"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_satisfaction_conversation_id"
        ),
    )
    op.create_index("ix_satisfaction_rated_at", "satisfaction", ["rated_at"])


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("satisfaction")
    op.drop_table("deliveries")
