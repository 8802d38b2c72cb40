"""The statements of chats that others' transactions need too."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from jawab.support import outbox
from jawab.support.channel_tables import chats
from jawab.support.chat import Chat
from jawab.support.delivery import Carrier, Parcel
from jawab.support.message import Author, Message

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
