"""The statements of the store, each on a connection whose transaction the caller holds."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from jawab.support.apps import statements as chat_statements
from jawab.support.attachments.attachment import Attached
from jawab.support.conversations import rows
from jawab.support.conversations.conversation import SITE, Conversation
from jawab.support.conversations.message import (
    Arrival,
    Author,
    Draft,
    Message,
    Pressed,
    button_place,
)
from jawab.support.conversations.turn import OPEN, Hold, Turn
from jawab.support.deliveries import notices, outbox
from jawab.support.errors import UnknownAttachment, UnknownButton, UnknownConversation
from jawab.support.mail import statements as mail_statements
from jawab.support.prepared import Prepared
from jawab.support.search import filing as search_filing
from jawab.support.tables import OPEN_TURNS, attachments, conversations, messages, turns
from jawab.support.texts import storable
from jawab.support.tickets import statements as ticket_statements
from jawab.text.language import Lang

OPEN_STATES = [state.value for state in OPEN]

# What every turn needs.
_THIS_CONVERSATION = select(conversations).where(conversations.c.id == bindparam("this"))
_CONVERSATION = Prepared(_THIS_CONVERSATION)
_LOCKED_CONVERSATION = Prepared(_THIS_CONVERSATION.with_for_update())
_BY_CLIENT_ID = Prepared(
    select(messages).where(
        messages.c.conversation_id == bindparam("this"), messages.c.client_id == bindparam("given")
    )
)
_ADD_CONVERSATION = Prepared(insert(conversations), *conversations.c.keys())
_ADD_MESSAGE = Prepared(insert(messages), *messages.c.keys()[1:])
_ADD_TURN = Prepared(insert(turns), *turns.c.keys())
_OPEN_TURN = Prepared(
    select(turns)
    .where(turns.c.conversation_id == bindparam("this"), OPEN_TURNS)
    .order_by(turns.c.message_id)
    .limit(1)
)
_THIS_OPEN_TURN = update(turns).where(turns.c.message_id == bindparam("this"), OPEN_TURNS)
_KEEP_TURN = Prepared(_THIS_OPEN_TURN, *(set(turns.c.keys()) - {"held_by", "held_until"}))
_SPEAK = update(conversations).where(conversations.c.id == bindparam("this"))
_HEAR = update(messages).where(messages.c.id == bindparam("this"))


def find_conversation(
    connection: Connection, conversation_id: str, *, lock: bool = False
) -> Conversation:
    """The conversation with this id, or `UnknownConversation`; `lock` holds others off until the commit."""
    query = _LOCKED_CONVERSATION if lock else _CONVERSATION
    row = query.first(connection, {"this": conversation_id})
    if row is None:
        raise UnknownConversation("there is no conversation with this id; begin a new one")
    return rows.to_conversation(row)


def open_conversation(connection: Connection, conversation: Conversation) -> None:
    """Store a new conversation, and let it be told of."""
    _ADD_CONVERSATION.changed(connection, rows.from_conversation(conversation))
    opened = notices.of_conversation(
        notices.CONVERSATION_OPENED,
        conversation.id,
        shop=conversation.shop,
        lang=conversation.lang,
        at=conversation.created_at,
    )
    outbox.put(connection, (opened,))


def find_by_client_id(
    connection: Connection, conversation_id: str, client_id: str
) -> Message | None:
    """The shopper's message that came under this client_id."""
    row = _BY_CLIENT_ID.first(connection, {"this": conversation_id, "given": client_id})
    return rows.to_message(row) if row else None


def find_message(connection: Connection, message_id: int) -> Message | None:
    """The message with this id."""
    row = connection.execute(select(messages).where(messages.c.id == message_id)).first()
    return rows.to_message(row) if row else None


def same_content(before: Message, arrival: Arrival) -> bool:
    """Whether what came again is what came before."""
    if before.pressed is not None:
        picked = arrival.question.id if arrival.question else arrival.button
        return picked == before.pressed.id
    if arrival.attachments != tuple(attached.id for attached in before.attachments):
        return False
    return arrival.text is not None and storable(arrival.text) == before.text


def press(connection: Connection, conversation_id: str, button: str) -> tuple[str, Pressed]:
    """The words and the meaning of a button that was offered in this conversation."""
    message_id, place = button_place(button)
    row = connection.execute(
        select(messages).where(
            messages.c.id == message_id, messages.c.conversation_id == conversation_id
        )
    ).first()
    offered = rows.to_message(row).buttons if row else ()
    if place >= len(offered):
        raise UnknownButton("this button was not offered here; press one that was")
    return offered[place].title, Pressed(button, offered[place].meaning)


def waiting(
    connection: Connection, conversation_id: str, ids: Sequence[str]
) -> tuple[Attached, ...]:
    """The conversation's files with these ids that no message carries yet, in the order of the ids."""
    if not ids:
        return ()
    found = connection.execute(
        select(attachments).where(
            attachments.c.id.in_(ids),
            attachments.c.conversation_id == conversation_id,
            attachments.c.message_id.is_(None),
        )
    )
    shown = {row.id: rows.to_attachment(row).shown for row in found}
    if len(shown) < len(ids):
        raise UnknownAttachment("one of these files does not wait here; send it again")
    return tuple(shown[id] for id in ids)


def attach(connection: Connection, message: Message) -> None:
    """Let a new message carry its files, which no other message can then."""
    if message.attachments:
        connection.execute(
            update(attachments)
            .where(attachments.c.id.in_([attached.id for attached in message.attachments]))
            .values(message_id=message.id)
        )


def append(
    connection: Connection,
    conversation: Conversation,
    author: Author,
    text: str,
    *,
    now: datetime,
    attached_files: Sequence[Attached] = (),
    **columns: Any,
) -> Message:
    """Store a message at the end of a conversation whose row is locked."""
    values = {
        "conversation_id": conversation.id,
        "author": author.value,
        "text": storable(text),
        "lang": conversation.lang.value,
        "created_at": now,
        "buttons": [],
        "pressed": None,
        "client_id": None,
        "in_reply_to": None,
        "attachments": [asdict(attached) for attached in attached_files],
        "agent_id": None,
        "signature": None,
        "form": None,
        **columns,
    }
    made = _ADD_MESSAGE.added(connection, values)
    stored = {**values, "created_at": now.astimezone(timezone.utc)}
    message = rows.to_message(SimpleNamespace(id=made, **stored))
    search_filing.of_message(connection, message, shop=conversation.shop)
    if author is Author.SHOPPER:
        ticket_statements.wake_for(connection, conversation.id, at=now)
    if conversation.channel != SITE:
        chat_statements.send(connection, message)
        mail_statements.send(connection, message)
    return message


def append_draft(
    connection: Connection,
    conversation: Conversation,
    draft: Draft,
    *,
    now: datetime,
    reply_to: int | None = None,
) -> Message:
    """Store a message of the bot."""
    return append(
        connection,
        conversation,
        Author.BOT,
        draft.text,
        now=now,
        lang=draft.lang.value,
        buttons=rows.from_choices(draft.choices),
        form=asdict(draft.form) if draft.form else None,
        in_reply_to=reply_to,
    )


def open_turn(connection: Connection, conversation_id: str) -> Any:
    """The row of the conversation's oldest open turn; None when all are over."""
    return _OPEN_TURN.first(connection, {"this": conversation_id})


def add_turn(connection: Connection, turn: Turn, hold: Hold | None = None) -> None:
    """Store a new turn, in the hands of who has a `hold`."""
    _ADD_TURN.added(connection, {**rows.from_turn(turn), **_held(hold)})


def keep_turn(connection: Connection, turn: Turn, hold: Hold | None = None) -> bool:
    """Write a turn that was open until now; False when it was over already, or when this hold came too late."""
    values = {**rows.from_turn(turn), "this": turn.message_id}
    if hold is None:
        return bool(_KEEP_TURN.changed(connection, values))
    keep = _THIS_OPEN_TURN.where(free_for(hold.by, now=hold.since))
    return bool(connection.execute(keep, {**values, **_held(hold)}).rowcount)


def _held(hold: Hold | None) -> dict[str, Any]:
    if hold is None:
        return {"held_by": None, "held_until": None}
    return {"held_by": hold.by, "held_until": hold.until}


def free_for(desk: str, *, now: datetime) -> Any:
    """The condition that no other desk holds a turn."""
    return turns.c.held_by.is_(None) | (turns.c.held_by == desk) | (turns.c.held_until <= now)


def speak(
    connection: Connection,
    turn: Turn,
    conversation: Conversation,
    lang: Lang,
    *,
    heard: Lang | None = None,
) -> Conversation:
    """Note the language that a turn turned out to be in, where its message was `heard` in another one."""
    if heard is not lang:
        connection.execute(_HEAR, {"this": turn.message_id, "lang": lang.value})
    if conversation.lang is lang:
        return conversation
    connection.execute(_SPEAK, {"this": conversation.id, "lang": lang.value})
    return replace(conversation, lang=lang)
