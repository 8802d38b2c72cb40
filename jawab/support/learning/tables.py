"""What was decided about groups of messages, and the trials of the changes that follow."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from jawab.support.tables import Id, UtcDateTime, metadata

learning_marks = Table(
    "learning_marks",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("kind", String(8), nullable=False),
    Column("messages", JSON, nullable=False),  # ids; groups themselves are never stored
    Column("shops", JSON, nullable=False),
    Column("examples", JSON, nullable=False),
    Column("question", String(64)),
    Column("draft", JSON(none_as_null=True)),
    Column("agent_id", Integer, nullable=False),
    Column("who", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("applied_at", UtcDateTime),
    Column("applied_by", String(80)),
    sqlite_autoincrement=True,
)

learning_trials = Table(
    "learning_trials",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("mark_id", Id, ForeignKey("learning_marks.id"), nullable=False),
    Column("control", Boolean, nullable=False),
    Column("state", String(9), nullable=False),
    Column("slot", Integer),  # 1 while it runs: unique, so that there is one at a time
    Column("step", String(16), nullable=False),
    Column("done", Integer, nullable=False),
    Column("of", Integer, nullable=False),
    Column("who", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("result", JSON(none_as_null=True)),
    Column("told", Text),
    UniqueConstraint("slot"),
    Index("ix_learning_trials_mark_id", "mark_id"),
    sqlite_autoincrement=True,
)
