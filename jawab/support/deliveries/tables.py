"""The outbox's table: written in the transaction of what it tells, so that neither is there without the other."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, text

from jawab.support.tables import Id, UtcDateTime, metadata

WAITING = text("state = 'waiting'")
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("carrier", String(8), nullable=False),
    Column("event", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("problem", String(120)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(
        "ix_deliveries_waiting",
        "next_attempt_at",
        "id",
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    ),
    Index("ix_deliveries_subject", "subject"),
    Index("ix_deliveries_carrier_state", "carrier", "state"),
    sqlite_autoincrement=True,
)
