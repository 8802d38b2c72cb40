"""The messages that were not answered well, out of turns and verdicts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, or_, select

from jawab.support.conversations.feedback import Verdict
from jawab.support.conversations.message import Author
from jawab.support.database import Database
from jawab.support.figures.statements import NOT_UNDERSTOOD, OFFERED
from jawab.support.learning.missed import Missed, Why
from jawab.support.tables import conversations, feedback, messages, turns
from jawab.text.lang import Lang

MOST = 10_000


class MissedStore:
    """What shoppers wrote in vain."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missed(
        self, *, since: datetime, shops: Collection[str] = (), limit: int = MOST
    ) -> tuple[Missed, ...]:
        """The latest messages of these shops (none named: of all), the earliest first; pressed buttons are none.

        A verdict counts before the outcome: what was voted down was answered, only badly.
        """
        found, lost = _with_reasons()
        wanted = found.where(turns.c.queued_at >= since, messages.c.text != "", lost)
        if shops:
            wanted = wanted.where(conversations.c.shop.in_(shops))
        return self._read(wanted, limit)

    def named(self, ids: Collection[int]) -> tuple[Missed, ...]:
        """These messages, whatever has become of them since; those that are gone are left out."""
        found, _ = _with_reasons()
        return self._read(found.where(messages.c.id.in_(ids)), max(1, len(ids)))

    def _read(self, wanted: Any, limit: int) -> tuple[Missed, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(messages.c.id.desc()).limit(limit)).all()
        return tuple(
            Missed(row.id, row.text, Lang(row.lang), row.shop, row.created_at, Why(row.why))
            for row in reversed(rows)
        )


def _with_reasons() -> tuple[Any, Any]:
    """Messages with what is thought of each, and the condition that one was answered badly; pressed buttons are none."""
    answer, after = messages.alias("answer"), messages.alias("after")
    down = exists().where(
        answer.c.in_reply_to == messages.c.id,
        answer.c.author == Author.BOT.value,
        feedback.c.message_id == answer.c.id,
        feedback.c.value == Verdict.DOWN.value,
    )
    # An offer is taken by the very next thing the shopper does.
    following = (
        select(after.c.pressed)
        .where(
            after.c.conversation_id == messages.c.conversation_id,
            after.c.id > messages.c.id,
            after.c.author == Author.SHOPPER.value,
        )
        .order_by(after.c.id)
        .limit(1)
        .scalar_subquery()
    )
    none_taken = (turns.c.outcome == OFFERED) & following.is_(None)
    why = case(
        (down, Why.VOTED_DOWN.value),
        (turns.c.outcome == NOT_UNDERSTOOD, Why.NOT_UNDERSTOOD.value),
        else_=Why.OFFERED.value,
    ).label("why")
    found = (
        select(
            *(messages.c[name] for name in ("id", "text", "lang", "created_at")),
            conversations.c.shop,
            why,
        )
        .join(turns, turns.c.message_id == messages.c.id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(messages.c.pressed.is_(None))
    )
    return found, or_(down, turns.c.outcome == NOT_UNDERSTOOD, none_taken)
