"""Agents, their sessions, hand-overs and notes; who wrote an agent's message."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN_HANDOVERS = sa.text("state IN ('waiting', 'active')")


def upgrade() -> None:
    """Make four tables, and the messages' columns for the agent who wrote them."""
    op.add_column("messages", sa.Column("agent_id", sa.Integer()))
    op.add_column("messages", sa.Column("signature", sa.String(80)))
    op.create_table(
        "agents",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("login", sa.String(80), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("shops", sa.JSON(), nullable=False),
        sa.Column("queues", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("presence", sa.String(8), nullable=False),
        sa.Column("seen_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agents"),
        sa.UniqueConstraint("login", name="uq_agents_login"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "agent_sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_agent_sessions"),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_agent_sessions_agent_id"),
    )
    op.create_index("ix_agent_sessions_agent_id", "agent_sessions", ["agent_id"])
    op.create_table(
        "handovers",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("queue", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("waiting_since", MOMENT, nullable=False),
        sa.Column("front", sa.Boolean(), nullable=False),
        sa.Column("agent_id", sa.Integer()),
        sa.Column("claimed_at", MOMENT),
        sa.Column("first_claimed_at", MOMENT),
        sa.Column("unanswered_since", MOMENT),
        sa.Column("told_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("ending", sa.String(12)),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_handovers_conversation_id"
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_handovers_agent_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_handovers_open",
        "handovers",
        ["conversation_id"],
        unique=True,
        sqlite_where=OPEN_HANDOVERS,
        postgresql_where=OPEN_HANDOVERS,
    )
    op.create_index("ix_handovers_state_shop", "handovers", ["state", "shop"])
    op.create_index("ix_handovers_agent_id_state", "handovers", ["agent_id", "state"])
    op.create_index("ix_handovers_shop_first_claimed_at", "handovers", ["shop", "first_claimed_at"])
    op.create_index("ix_handovers_conversation_id", "handovers", ["conversation_id"])
    op.create_table(
        "notes",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_notes_conversation_id"
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_notes_agent_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notes_conversation_id", "notes", ["conversation_id"])


def downgrade() -> None:
    """Drop them again."""
    for table in ("notes", "handovers", "agent_sessions", "agents"):
        op.drop_table(table)
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("signature")
        messages.drop_column("agent_id")
