"""The owners' overrides: only ever added to, so that the table is their history as well."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from jawab.support.tables import Id, UtcDateTime, metadata

overrides = Table(
    "overrides",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),  # the greatest is the version of all
    Column("shop", String(64), nullable=False),
    Column("target", String(80), nullable=False),
    Column("value", JSON(none_as_null=True)),  # none: back to the file
    Column("agent_id", Integer, nullable=False),
    Column("who", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_overrides_shop_target", "shop", "target"),
    sqlite_autoincrement=True,
)
