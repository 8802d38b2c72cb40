"""The store: conversations, messages and turns in SQL. Every method is one short transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from jawab.support.conversations import rows
from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.conversations.message import Arrival, Author, Draft, Message, Pressed
from jawab.support.conversations.statements import (
    OPEN_STATES,
    add_turn,
    append,
    append_draft,
    attach,
    find_by_client_id,
    find_conversation,
    free_for,
    keep_turn,
    open_conversation,
    open_turn,
    press,
    same_content,
    speak,
    waiting,
)
from jawab.support.conversations.turn import Hold, Turn, TurnState
from jawab.support.database import Database
from jawab.support.errors import ClientIdReused
from jawab.support.handovers.statements import (
    Call,
    begin_handover,
    find_open,
    keep_handover,
    standing,
)
from jawab.support.tables import conversations, messages, turns
from jawab.text.language import Lang

_MESSAGE = select(messages).where(messages.c.id == bindparam("this"))
_TURN = select(turns).where(turns.c.message_id == bindparam("this"))
_REPLIES = (
    select(messages).where(messages.c.in_reply_to == bindparam("this")).order_by(messages.c.id)
)


@dataclass(frozen=True)
class Begun:
    """A turn that is in the hands of the desk that took its message in, until the hold ends."""

    turn: Turn
    message: Message
    conversation: Conversation
    hold: Hold


@dataclass(frozen=True)
class Accepted:
    """A shopper's message in the store. `fresh` is false when its client_id had been there before."""

    message: Message
    fresh: bool
    owner: Owner = Owner.BOT
    begun: Begun | None = None


@dataclass(frozen=True)
class Closed:
    """What a turn ended with, and whether the conversation has another one open."""

    replies: tuple[Message, ...]
    more: bool = True


@dataclass(frozen=True)
class Counts:
    """How much the store holds."""

    conversations: int
    messages: int
    turns: dict[TurnState, int]


class Store:
    """What the desk knows. Whoever writes into a conversation locks its row first, so that message ids
    grow in the order of the commits and a cursor (`after=`, `Last-Event-ID`) never skips a message.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_conversation(self, conversation: Conversation, greeting: Draft) -> Message:
        """Store a new conversation with the bot's first words."""
        with self._database.writing() as connection:
            open_conversation(connection, conversation)
            return append_draft(connection, conversation, greeting, now=conversation.created_at)

    def conversation(self, conversation_id: str) -> Conversation:
        """The conversation with this id, or `UnknownConversation`."""
        with self._database.reading() as connection:
            return find_conversation(connection, conversation_id)

    def hand_to(self, conversation_id: str, owner: Owner) -> Conversation:
        """Let a person or the bot own the conversation from now on."""
        with self._database.writing() as connection:
            found = find_conversation(connection, conversation_id, lock=True)
            connection.execute(
                update(conversations)
                .where(conversations.c.id == conversation_id)
                .values(owner=owner.value)
            )
            return replace(found, owner=owner)

    def accept(
        self, conversation_id: str, arrival: Arrival, *, now: datetime, hold: Hold | None = None
    ) -> Accepted:
        """Store what a shopper sent, once, and queue it for the bot if the bot owns the conversation.

        With a `hold` the turn is begun at once, as sent, where no other one of the conversation is open: who takes the message
        in is who asks the bot, and writes nothing again before.

        The same client_id with the same content gives the first message again; with other content it
        raises `ClientIdReused`. A button that was never offered here raises `UnknownButton`, a file
        that was not uploaded here or has been sent before `UnknownAttachment`.
        """
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id, lock=True)
            before = find_by_client_id(connection, conversation_id, arrival.client_id)
            if before is not None:
                if not same_content(before, arrival):
                    raise ClientIdReused("a client_id belongs to one message; make a new one")
                return Accepted(before, fresh=False, owner=conversation.owner)
            text: str = arrival.text or ""
            pressed: Pressed | None = None
            if arrival.button is not None:
                text, pressed = press(connection, conversation_id, arrival.button)
            if arrival.question is not None:
                text = arrival.question.title
                pressed = Pressed(arrival.question.id, arrival.question.meaning)
            message = append(
                connection,
                conversation,
                Author.SHOPPER,
                text,
                now=now,
                attached_files=waiting(connection, conversation_id, arrival.attachments),
                client_id=arrival.client_id,
                pressed={"id": pressed.id, "meaning": pressed.meaning} if pressed else None,
            )
            attach(connection, message)
            if conversation.owner is Owner.BOT:
                turn = Turn(message.id, conversation_id, TurnState.QUEUED, 0, queued_at=now)
                if hold is not None and open_turn(connection, conversation_id) is None:
                    begun = Begun(turn.sent(), message, conversation, hold)
                    add_turn(connection, begun.turn, hold)
                    return Accepted(message, fresh=True, begun=begun)
                add_turn(connection, turn)
            elif (handover := find_open(connection, conversation_id)) is not None:
                keep_handover(connection, handover.spoken_to(now=now))
            return Accepted(message, fresh=True, owner=conversation.owner)

    def last_words(self, conversation_id: str, author: Author) -> Message | None:
        """The author's last message with words in it."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(messages)
                .where(
                    messages.c.conversation_id == conversation_id,
                    messages.c.author == author.value,
                    messages.c.text != "",
                )
                .order_by(messages.c.id.desc())
                .limit(1)
            ).first()
            return rows.to_message(row) if row else None

    def messages_after(
        self, conversation_id: str, after: int, *, limit: int
    ) -> tuple[Message, ...]:
        """The conversation's messages with a greater id, oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(messages)
                .where(messages.c.conversation_id == conversation_id, messages.c.id > after)
                .order_by(messages.c.id)
                .limit(limit)
            )
            return tuple(map(rows.to_message, found))

    def last_message_id(self, conversation_id: str) -> int:
        """The greatest id in the conversation, 0 when there is none."""
        with self._database.reading() as connection:
            newest = select(func.max(messages.c.id)).where(
                messages.c.conversation_id == conversation_id
            )
            return int(connection.execute(newest).scalar() or 0)

    def turn(self, message_id: int) -> Turn | None:
        """The turn of this shopper's message; None when a person was to answer it."""
        with self._database.reading() as connection:
            row = connection.execute(_TURN, {"this": message_id}).first()
            return rows.to_turn(row) if row else None

    def outcome(self, message_id: int) -> tuple[Message, ...] | None:
        """What was said in reply to this message, None while its turn is open."""
        with self._database.reading() as connection:
            turn = connection.execute(_TURN, {"this": message_id}).first()
            if turn is not None and rows.to_turn(turn).is_open:
                return None
            return tuple(map(rows.to_message, connection.execute(_REPLIES, {"this": message_id})))

    def turns_of(self, conversation_id: str) -> tuple[Turn, ...]:
        """Every turn of the conversation, in order."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(turns)
                .where(turns.c.conversation_id == conversation_id)
                .order_by(turns.c.message_id)
            )
            return tuple(map(rows.to_turn, found))

    def replies(self, message_id: int) -> tuple[Message, ...]:
        """What was said in reply to this message, oldest first."""
        with self._database.reading() as connection:
            return tuple(map(rows.to_message, connection.execute(_REPLIES, {"this": message_id})))

    def next_turn(
        self, conversation_id: str, *, hold: Hold | None = None
    ) -> tuple[Turn, Message, Conversation] | None:
        """The oldest open turn of the conversation, with its message; None when all are over, or when another desk holds it
        at the moment that a `hold` would begin.
        """
        with self._database.reading() as connection:
            turn = open_turn(connection, conversation_id)
            if turn is None or (hold is not None and _is_anothers(turn, hold)):
                return None
            message = connection.execute(_MESSAGE, {"this": turn.message_id})
            conversation = find_conversation(connection, conversation_id)
            return rows.to_turn(turn), rows.to_message(message.one()), conversation

    def conversations_with_open_turns(
        self, *, hold: Hold | None = None, queued_before: datetime | None = None
    ) -> tuple[str, ...]:
        """Where somebody is still owed an answer, the longest waiting first; with a `hold` only what no other desk holds."""
        here = turns.c.state.in_(OPEN_STATES)
        if hold is not None:
            here &= free_for(hold.by, now=hold.since)
        if queued_before is not None:
            here &= turns.c.queued_at < queued_before
        with self._database.reading() as connection:
            found = connection.execute(
                select(turns.c.conversation_id)
                .where(here)
                .group_by(turns.c.conversation_id)
                .order_by(func.min(turns.c.message_id))
            )
            return tuple(found.scalars())

    def keep(self, turn: Turn, hold: Hold | None = None) -> bool:
        """Write a turn's new state, and who holds it; False when it was over already, or another desk was first."""
        with self._database.writing() as connection:
            return keep_turn(connection, turn, hold)

    def let_go(self, desk: str) -> int:
        """Free every open turn that this desk holds, for whoever comes first; how many there were."""
        here = turns.c.state.in_(OPEN_STATES) & (turns.c.held_by == desk)
        with self._database.writing() as connection:
            freed = update(turns).where(here).values(held_by=None, held_until=None)
            return int(connection.execute(freed).rowcount)

    def finish(
        self,
        turn: Turn,
        replies: Sequence[Draft],
        *,
        now: datetime,
        lang: Lang | None = None,
        call: Call | None = None,
    ) -> tuple[Message, ...]:
        """The same as `close`, for who asks for the replies alone."""
        return self.close(turn, replies, now=now, lang=lang, call=call).replies

    def close(
        self,
        turn: Turn,
        replies: Sequence[Draft],
        *,
        now: datetime,
        lang: Lang | None = None,
        heard: Lang | None = None,
        call: Call | None = None,
    ) -> Closed:
        """Write a turn's end and the bot's replies together; `lang` becomes the conversation's, and the message's, which was
        `heard` in another one as far as is known.

        With a `call` a person owns the conversation from then on, and what the desk says of it stands at
        the end of the replies. Nothing is stored when the turn was over already, or when a person has taken the conversation
        in the meantime: then the turn is waived, so that the bot never talks over them.
        """
        with self._database.writing() as connection:
            conversation = find_conversation(connection, turn.conversation_id, lock=True)
            if conversation.owner is Owner.HUMAN:
                keep_turn(connection, replace(turn, state=TurnState.WAIVED))
                return Closed(())
            if not keep_turn(connection, turn):
                return Closed(())
            if lang is not None:
                conversation = speak(connection, turn, conversation, lang, heard=heard)
            drafts = list(replies)
            if call is not None:
                handover = begin_handover(connection, conversation, call, now=now)
                here = standing(connection, handover, now=now, presence=call.presence)
                drafts.append(call.said(handover, here))
            said = tuple(
                append_draft(connection, conversation, draft, now=now, reply_to=turn.message_id)
                for draft in drafts
            )
            return Closed(said, more=open_turn(connection, conversation.id) is not None)

    def counts(self) -> Counts:
        """How many conversations, messages and turns there are."""
        with self._database.reading() as connection:
            by_state = connection.execute(
                select(turns.c.state, func.count()).group_by(turns.c.state)
            ).all()
            return Counts(
                connection.execute(select(func.count()).select_from(conversations)).scalar_one(),
                connection.execute(select(func.count()).select_from(messages)).scalar_one(),
                {TurnState(state): number for state, number in by_state},
            )


def _is_anothers(turn: Any, hold: Hold) -> bool:
    return turn.held_by not in (None, hold.by) and bool(turn.held_until > hold.since)
