"""The chats of messaging apps in SQL. Every method is one short transaction."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from jawab.support.apps.chat import Chat, Fate, bounded
from jawab.support.apps.statements import MESSAGE, chat_of, release, to_chat
from jawab.support.apps.tables import chats, sent
from jawab.support.conversations import rows
from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.conversations.message import Author, Draft, Message
from jawab.support.conversations.statements import (
    append,
    append_draft,
    attach,
    find_by_client_id,
    find_conversation,
    find_message,
    open_conversation,
    waiting,
)
from jawab.support.database import SQLITE, Database
from jawab.support.deliveries.delivery import Carrier, DeliveryState
from jawab.support.deliveries.tables import deliveries
from jawab.support.handovers.statements import find_open, keep_handover
from jawab.support.tables import messages
from jawab.support.texts import in_one_line, storable

_NAME, _PHONE, _PAYLOAD, _PROBLEM = 120, 20, 64, 120


class ChatStore:
    """Which chat is which conversation, what is known of whoever writes in it, and how messages fared there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, chat: Chat, conversation: Conversation) -> Chat:
        """The chat as it is known from now on. A new one begins this conversation, without a greeting; of one that is there
        already the name, the moment and a new deep link are kept, and what
        waited for the shopper to write leaves.
        """
        account, name = chat.account, bounded(chat.chat)
        here = (chats.c.account == account) & (chats.c.chat == name)
        with self._database.writing() as connection:
            row = connection.execute(select(chats).where(here).with_for_update()).first()
            if row is None:
                open_conversation(connection, conversation)
                connection.execute(
                    insert(chats).values(
                        account=account,
                        chat=name,
                        conversation_id=conversation.id,
                        sender=bounded(chat.sender),
                        name=in_one_line(chat.name)[:_NAME],
                        phone_verified=False,
                        payload=chat.payload[:_PAYLOAD] if chat.payload else None,
                        heard_at=chat.heard_at,
                        created_at=chat.heard_at,
                    )
                )
            else:
                connection.execute(
                    update(chats)
                    .where(here)
                    .values(
                        name=in_one_line(chat.name)[:_NAME] or row.name,
                        payload=chat.payload[:_PAYLOAD] if chat.payload else row.payload,
                        heard_at=chat.heard_at,
                    )
                )
                release(connection, row.conversation_id, now=chat.heard_at)
            return to_chat(connection.execute(select(chats).where(here)).one())

    def of_conversation(self, conversation_id: str) -> Chat | None:
        """The chat that this conversation is; None for one on the shop's own pages."""
        with self._database.reading() as connection:
            return chat_of(connection, conversation_id)

    def share_phone(self, conversation_id: str, phone: str, *, verified: bool) -> None:
        """Keep a phone that was shared; one that the app does not vouch for never replaces one it does."""
        here = chats.c.conversation_id == conversation_id
        if not verified:
            here &= chats.c.phone_verified.is_(False)
        values = {"phone": phone[:_PHONE], "phone_verified": verified}
        with self._database.writing() as connection:
            connection.execute(update(chats).where(here).values(values))

    def note(
        self,
        conversation_id: str,
        *,
        client_id: str,
        text: str,
        reply: Draft | None,
        now: datetime,
        attachments: Sequence[str] = (),
    ) -> Message | None:
        """Store what a shopper did that is no question to the bot, once, with the desk's own words about it; None when it
        was there before. Nothing is said where a person answers.
        """
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id, lock=True)
            if find_by_client_id(connection, conversation_id, client_id) is not None:
                return None
            message = append(
                connection,
                conversation,
                Author.SHOPPER,
                text,
                now=now,
                client_id=client_id,
                attached_files=waiting(connection, conversation_id, attachments),
            )
            attach(connection, message)
            if conversation.owner is Owner.HUMAN:
                if (handover := find_open(connection, conversation_id)) is not None:
                    keep_handover(connection, handover.spoken_to(now=now))
            elif reply is not None:
                append_draft(connection, conversation, reply, now=now, reply_to=message.id)
            return message

    def knows(self, conversation_id: str, client_id: str) -> bool:
        """Whether what came under this client_id is stored already."""
        with self._database.reading() as connection:
            return find_by_client_id(connection, conversation_id, client_id) is not None

    def message(self, message_id: int) -> Message | None:
        """The message with this id."""
        with self._database.reading() as connection:
            return find_message(connection, message_id)

    def unanswered(self, conversation_id: str) -> tuple[Message, ...]:
        """What was said to the shopper since their own last message, oldest first."""
        with self._database.reading() as connection:
            here = messages.c.conversation_id == conversation_id
            found = connection.execute(
                select(messages).where(here).order_by(messages.c.id.desc()).limit(20)
            )
            latest: list[Message] = []
            for message in map(rows.to_message, found):
                if message.author is Author.SHOPPER:
                    break
                latest.append(message)
            return tuple(reversed(latest))

    def went(self, account: str, chat: str, reference: str, message: Message) -> None:
        """Keep the name under which an app has a message of ours; it is the message's within its chat."""
        with self._database.writing() as connection:
            dialect = sqlite if connection.dialect.name == SQLITE else postgresql
            connection.execute(
                dialect.insert(sent)
                .values(
                    account=account,
                    chat=bounded(chat),
                    reference=bounded(reference),
                    conversation_id=message.conversation_id,
                    message_id=message.id,
                )
                .on_conflict_do_nothing()
            )

    def failed(self, account: str, chat: str, reference: str, problem: str) -> str | None:
        """Note that an app could not bring a message of ours after all; the conversation, if the message is known."""
        here = (sent.c.account == account) & (sent.c.chat == bounded(chat))
        here &= sent.c.reference == bounded(reference)
        with self._database.writing() as connection:
            connection.execute(
                update(sent).where(here).values(problem=storable(problem)[:_PROBLEM])
            )
            found = connection.execute(select(sent.c.conversation_id).where(here)).scalar()
            return str(found) if found is not None else None

    def reached(self, account: str, chat: str, reference: str, state: str) -> str | None:
        """Note that a message of ours was delivered or read; the conversation, if that is news. What comes out of order
        takes nothing back.
        """
        here = (sent.c.account == account) & (sent.c.chat == bounded(chat))
        here &= sent.c.reference == bounded(reference)
        further = (sent.c.state == Fate.DELIVERED.value) & (sent.c.state != state)
        here &= sent.c.state.is_(None) | further
        with self._database.writing() as connection:
            found = connection.execute(select(sent.c.conversation_id).where(here)).scalar()
            connection.execute(update(sent).where(here).values(state=state))
            return str(found) if found is not None else None

    def fates(self, conversation_ids: Collection[str]) -> dict[str, dict[int, Fate]]:
        """What is known of messages in these conversations: delivered, read, or lost; of a message in parts, the part that
        came least far.
        """
        parts = select(sent).where(sent.c.conversation_id.in_(conversation_ids))
        lost = select(deliveries.c.subject, deliveries.c.data).where(
            deliveries.c.subject.in_(conversation_ids),
            deliveries.c.carrier == Carrier.CHANNEL.value,
            deliveries.c.state == DeliveryState.FAILED.value,
        )
        with self._database.reading() as connection:
            told = connection.execute(parts).all()
            failed = connection.execute(lost).all()
        found: dict[str, dict[int, Fate]] = {id: {} for id in conversation_ids}
        of_message: dict[tuple[str, int], list[Fate | None]] = {}
        for row in told:
            state = Fate(row.state) if row.state else None
            state = Fate.LOST if row.problem is not None else state
            of_message.setdefault((row.conversation_id, row.message_id), []).append(state)
        for (id, message), states in of_message.items():
            if (least := _least(states)) is not None:
                found[id][message] = least
        for row in failed:
            found[row.subject][int(row.data[MESSAGE])] = Fate.LOST
        return found

    def states(self, conversation_id: str) -> dict[int, Fate]:
        """How far each message came, where the app tells: delivered or read."""
        found = self.fates((conversation_id,))[conversation_id]
        return {message: fate for message, fate in found.items() if fate is not Fate.LOST}

    def undelivered(self, conversation_id: str) -> dict[int, str]:
        """Which messages never reached the chat, and why."""
        given_up = select(deliveries.c.data, deliveries.c.problem).where(
            deliveries.c.subject == conversation_id,
            deliveries.c.carrier == Carrier.CHANNEL.value,
            deliveries.c.state == DeliveryState.FAILED.value,
        )
        told = select(sent.c.message_id, sent.c.problem).where(
            sent.c.conversation_id == conversation_id, sent.c.problem.isnot(None)
        )
        with self._database.reading() as connection:
            failed = {
                int(row.data[MESSAGE]): row.problem or "" for row in connection.execute(given_up)
            }
            return failed | {row.message_id: row.problem for row in connection.execute(told)}


def _least(states: Iterable[Fate | None]) -> Fate | None:
    """How far the part came that came least far; None where one is not known to have come anywhere."""
    order = (Fate.LOST, None, Fate.DELIVERED, Fate.READ)
    return min(states, key=order.index)
