"""The shoppers' verdicts in SQL: one row a message, the last one wins."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import insert, select, update

from jawab.support.cards import masked
from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.conversations.feedback import Feedback, Reason, Verdict
from jawab.support.conversations.message import Author, Draft, Message
from jawab.support.conversations.statements import append_draft, find_conversation
from jawab.support.database import Database
from jawab.support.errors import UnknownMessage
from jawab.support.tables import feedback, messages
from jawab.support.texts import storable


class FeedbackStore:
    """What shoppers think of the bot's messages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(
        self, given: Feedback, *, offer: Callable[[Conversation], Draft] | None = None
    ) -> Message | None:
        """Write a verdict over an earlier one; `UnknownMessage` unless the bot said this here.

        The first thumb down on a message is followed by the `offer`, while the bot owns the conversation.
        """
        values = _from_feedback(given)
        with self._database.writing() as connection:
            conversation = find_conversation(connection, given.conversation_id, lock=True)
            said = select(messages.c.id).where(
                messages.c.id == given.message_id,
                messages.c.conversation_id == given.conversation_id,
                messages.c.author == Author.BOT.value,
            )
            if connection.execute(said).first() is None:
                raise UnknownMessage("the bot said nothing under this id here")
            here = feedback.c.message_id == given.message_id
            if not connection.execute(update(feedback).where(here).values(values)).rowcount:
                connection.execute(insert(feedback).values(values))
            if offer is None or given.value is not Verdict.DOWN:
                return None
            offered = select(messages.c.id).where(messages.c.in_reply_to == given.message_id)
            if conversation.owner is Owner.HUMAN or connection.execute(offered).first():
                return None
            return append_draft(
                connection,
                conversation,
                offer(conversation),
                now=given.at,
                reply_to=given.message_id,
            )

    def of_conversation(self, conversation_id: str) -> tuple[Feedback, ...]:
        """Every verdict in a conversation, in the order of the messages."""
        with self._database.reading() as connection:
            here = feedback.c.conversation_id == conversation_id
            found = connection.execute(select(feedback).where(here).order_by(feedback.c.message_id))
            return tuple(map(_to_feedback, found))

    def of(self, message_id: int) -> Feedback | None:
        """The verdict on this message, None when there is none."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(feedback).where(feedback.c.message_id == message_id)
            ).first()
            return _to_feedback(row) if row else None


def _from_feedback(given: Feedback) -> dict[str, Any]:
    return {
        "message_id": given.message_id,
        "conversation_id": given.conversation_id,
        "value": given.value.value,
        "reason": given.reason.value if given.reason else None,
        "comment": masked(storable(given.comment)) if given.comment else None,
        "created_at": given.at,
    }


def _to_feedback(row: Any) -> Feedback:
    return Feedback(
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        value=Verdict(row.value),
        at=row.created_at,
        reason=Reason(row.reason) if row.reason else None,
        comment=row.comment,
    )
