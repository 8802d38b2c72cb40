"""What was decided about groups of messages that were not answered well, and the trials of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "learning_marks",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("messages", sa.JSON(), nullable=False),
        sa.Column("shops", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("question", sa.String(64)),
        sa.Column("draft", sa.JSON()),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("applied_at", MOMENT),
        sa.Column("applied_by", sa.String(80)),
        sa.PrimaryKeyConstraint("id", name="pk_learning_marks"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "learning_trials",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("mark_id", ID, nullable=False),
        sa.Column("control", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("slot", sa.Integer()),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("result", sa.JSON()),
        sa.Column("told", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_learning_trials"),
        sa.ForeignKeyConstraint(
            ["mark_id"], ["learning_marks.id"], name="fk_learning_trials_mark_id_learning_marks"
        ),
        sa.UniqueConstraint("slot", name="uq_learning_trials_slot"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_learning_trials_mark_id", "learning_trials", ["mark_id"])


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("learning_trials")
    op.drop_table("learning_marks")
