"""The messages that were not answered well, out of turns and verdicts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case, exists, or_, select

from jawab.support.database import Database
from jawab.support.feedback import Verdict
from jawab.support.figure_statements import NOT_UNDERSTOOD, OFFERED
from jawab.support.message import Author
from jawab.support.missed import Missed, Why
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
        wanted = (
            select(
                *(messages.c[name] for name in ("id", "text", "lang", "created_at")),
                conversations.c.shop,
                why,
            )
            .join(turns, turns.c.message_id == messages.c.id)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(
                turns.c.queued_at >= since,
                messages.c.pressed.is_(None),
                messages.c.text != "",
                or_(down, turns.c.outcome == NOT_UNDERSTOOD, none_taken),
            )
            .order_by(messages.c.id.desc())
            .limit(limit)
        )
        if shops:
            wanted = wanted.where(conversations.c.shop.in_(shops))
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            Missed(row.id, row.text, Lang(row.lang), row.shop, row.created_at, Why(row.why))
            for row in reversed(rows)
        )
