"""The shoppers' satisfaction in SQL: one row a conversation, made when it is asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from jawab.support.cards import masked
from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Draft, Message
from jawab.support.conversations.statements import append_draft, find_conversation
from jawab.support.database import Database
from jawab.support.deliveries import outbox
from jawab.support.deliveries.notices import CONVERSATION_RATED, of_conversation
from jawab.support.errors import NotAsked
from jawab.support.handovers.satisfaction import WORD_LENGTH, Satisfaction, may_be_asked
from jawab.support.handovers.tables import satisfaction
from jawab.support.prepared import Prepared
from jawab.support.texts import storable


class SatisfactionStore:
    """Who was asked, and what they said."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(
        self,
        conversation_id: str,
        question: Callable[[Conversation], Draft],
        *,
        now: datetime,
        agent_id: int | None = None,
        reference: str | None = None,
    ) -> Message | None:
        """Put the question into the conversation; None where it may not be put, as when it has been before."""
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id, lock=True)
            if not may_be_asked(conversation, _find(connection, conversation_id)):
                return None
            connection.execute(
                insert(satisfaction).values(
                    conversation_id=conversation_id,
                    asked_at=now,
                    agent_id=agent_id,
                    reference=reference,
                    wants_word=False,
                )
            )
            return append_draft(connection, conversation, question(conversation), now=now)

    def rate(
        self, conversation_id: str, stars: int, *, now: datetime, word: str | None = None
    ) -> Satisfaction:
        """Keep the stars, over earlier ones, and the word if there is one; `NotAsked` where nobody asked."""
        values: dict[str, Any] = {"stars": stars, "rated_at": now, "wants_word": False}
        return self._keep(conversation_id, {**values, **_said(word)}, now)

    def invite_word(self, conversation_id: str, *, now: datetime) -> Satisfaction:
        """Let the shopper's next message be their word on it; `NotAsked`."""
        with self._database.writing() as connection:
            _answered(connection, conversation_id)
            here = satisfaction.c.conversation_id == conversation_id
            # Counted from the invitation; who was asked and never rated is not invited.
            connection.execute(
                update(satisfaction)
                .where(here, satisfaction.c.rated_at.is_not(None))
                .values(wants_word=True, rated_at=now)
            )
            return _answered(connection, conversation_id)

    def add_word(self, conversation_id: str, word: str, *, now: datetime) -> Satisfaction:
        """Keep the shopper's word; `NotAsked`."""
        return self._keep(conversation_id, {"wants_word": False, **_said(word)}, now)

    def drop_word(self, conversation_id: str) -> None:
        """The shopper went on to something else: their next message is no word on it."""
        with self._database.writing() as connection:
            here = satisfaction.c.conversation_id == conversation_id
            connection.execute(update(satisfaction).where(here).values(wants_word=False))

    def of(self, conversation_id: str) -> Satisfaction | None:
        """What was asked and answered in a conversation, None when nobody asked."""
        with self._database.reading() as connection:
            return _find(connection, conversation_id)

    def counts(self) -> dict[int, int]:
        """How often each number of stars was given."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(satisfaction.c.stars, func.count())
                .where(satisfaction.c.stars.is_not(None))
                .group_by(satisfaction.c.stars)
            ).all()
            return {stars: number for stars, number in found}

    def _keep(self, conversation_id: str, values: dict[str, Any], now: datetime) -> Satisfaction:
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id, lock=True)
            _answered(connection, conversation_id)
            here = satisfaction.c.conversation_id == conversation_id
            connection.execute(update(satisfaction).where(here).values(values))
            kept = _answered(connection, conversation_id)
            told = of_conversation(
                CONVERSATION_RATED,
                conversation.id,
                shop=conversation.shop,
                lang=conversation.lang,
                at=now,
                stars=kept.stars,
                word=kept.word,
                agent=kept.agent_id,
            )
            outbox.put(connection, (told,))
            return kept


def _said(word: str | None) -> dict[str, str]:
    return {"word": masked(storable(word))[:WORD_LENGTH]} if word and word.strip() else {}


_OF = Prepared(
    select(satisfaction).where(satisfaction.c.conversation_id == bindparam("conversation"))
)


def _find(connection: Connection, conversation_id: str) -> Satisfaction | None:
    row = _OF.first(connection, {"conversation": conversation_id})
    return Satisfaction(**row._asdict()) if row else None


def _answered(connection: Connection, conversation_id: str) -> Satisfaction:
    found = _find(connection, conversation_id)
    if found is None:
        raise NotAsked("nobody asked what the shopper thought of this conversation")
    return found
