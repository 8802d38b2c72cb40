"""The same person in several conversations: persons, their conversations, what joined them, and the links that do."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "persons",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("phone", sa.String(20)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sa.UniqueConstraint("shop", "phone", name="uq_persons_shop_phone"),
    )
    op.create_table(
        "person_members",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("proof", sa.String(8), nullable=False),
        sa.Column("source", sa.String(64)),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_person_members"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_person_members_conversation_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_person_members_person_id"),
    )
    op.create_index("ix_person_members_person_id", "person_members", ["person_id"])
    op.create_table(
        "person_events",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("what", sa.String(12), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person_events"),
        sqlite_autoincrement=True,
    )
    for column in ("person_id", "conversation_id"):
        op.create_index(f"ix_person_events_{column}", "person_events", [column])
    op.create_table(
        "person_invitations",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("account", sa.String(48), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("opened_by", sa.String(64)),
        sa.Column("used_at", MOMENT),
        sa.PrimaryKeyConstraint("digest", name="pk_person_invitations"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_person_invitations_conversation_id",
        ),
    )
    for column in ("conversation_id", "opened_by"):
        op.create_index(f"ix_person_invitations_{column}", "person_invitations", [column])


def downgrade() -> None:
    """Drop them again."""
    for table in ("person_invitations", "person_events", "person_members", "persons"):
        op.drop_table(table)
