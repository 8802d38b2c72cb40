"""E-mail: every mail that came, and who is written with in which conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "mails",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("shop", sa.String(64), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("sender", sa.String(254), nullable=False),
        sa.Column("envelope_sender", sa.String(254)),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("fate", sa.String(12)),
        sa.Column("conversation_id", sa.String(64)),
        sa.Column("reference", sa.String(16)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mails"),
        sa.UniqueConstraint("shop", "digest", name="uq_mails_shop_digest"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_mails_conversation_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_mails_waiting",
        "mails",
        ["next_attempt_at", "id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("ix_mails_sender_received_at", "mails", ["sender", "received_at"])
    op.create_index("ix_mails_conversation_id", "mails", ["conversation_id"])
    op.create_index("ix_mails_reference", "mails", ["reference"])
    op.create_table(
        "mail_threads",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("sender", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("subject", sa.String(400), nullable=False),
        sa.Column("last_id", sa.String(255), nullable=False),
        sa.Column("reference", sa.String(16)),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_mail_threads"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_mail_threads_conversation_id"
        ),
    )


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("mail_threads")
    op.drop_table("mails")
