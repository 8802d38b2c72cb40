"""The statements of chats that others' transactions need too."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from jawab.support.apps.chat import Chat
from jawab.support.apps.tables import chats
from jawab.support.conversations.message import Author, Message
from jawab.support.deliveries import outbox
from jawab.support.deliveries.delivery import AWAITED, Carrier, DeliveryState, Parcel
from jawab.support.deliveries.tables import deliveries

MESSAGE = "message"


def chat_of(connection: Connection, conversation_id: str) -> Chat | None:
    """The chat that this conversation is; None for one on the shop's own pages."""
    here = chats.c.conversation_id == conversation_id
    row = connection.execute(select(chats).where(here)).first()
    return to_chat(row) if row else None


def send(connection: Connection, message: Message) -> None:
    """Let a stored message of the bot or an agent leave for its chat, if its conversation is one."""
    if message.author is Author.SHOPPER:
        return
    here = select(chats.c.chat).where(chats.c.conversation_id == message.conversation_id)
    if connection.execute(here).first() is None:
        return
    parcel = Parcel(
        Carrier.CHANNEL, MESSAGE, message.conversation_id, {MESSAGE: message.id}, message.at
    )
    outbox.put(connection, (parcel,))


def release(connection: Connection, conversation_id: str, *, now: datetime) -> None:
    """Let leave what waited for the shopper to write."""
    held = (
        (deliveries.c.subject == conversation_id)
        & (deliveries.c.carrier == Carrier.CHANNEL.value)
        & (deliveries.c.state == DeliveryState.WAITING.value)
        & (deliveries.c.problem == AWAITED)
    )
    connection.execute(update(deliveries).where(held).values(next_attempt_at=now, problem=None))


def to_chat(row: Any) -> Chat:
    """A row of `channel_chats`."""
    return Chat(
        account=row.account,
        chat=row.chat,
        conversation_id=row.conversation_id,
        sender=row.sender,
        name=row.name,
        heard_at=row.heard_at,
        phone=row.phone,
        phone_verified=row.phone_verified,
        payload=row.payload,
    )
