"""The table of what was done with personal data: only ever added to, and nothing personal in it."""

from sqlalchemy import JSON, Column, String, Table

from jawab.support.tables import Id, UtcDateTime, metadata

privacy_audit = Table(
    "privacy_audit",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("who", String(80), nullable=False),
    Column("deed", String(12), nullable=False),
    Column("by", JSON, nullable=False),  # ["phone", "email"]: what was given, not which
    Column("counts", JSON, nullable=False),  # {"messages": 12, …}
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
