"""Which desk does what only one of them may do at a time."""

from sqlalchemy import Column, String, Table

from jawab.support.tables import HOLDER_LENGTH, UtcDateTime, metadata

NAME_LENGTH = 120

leases = Table(
    "leases",
    metadata,
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("held_by", String(HOLDER_LENGTH), nullable=False),
    Column("held_until", UtcDateTime, nullable=False),
)
