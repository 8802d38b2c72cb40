"""What the desk tells the bot beside a shopper's words: who is there, what is known, which tickets there are."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from jawab.desk.people import People
from jawab.support.apps.store import ChatStore
from jawab.support.conversations.conversation import EMAIL, SITE, Conversation
from jawab.support.conversations.message import Message
from jawab.support.database import Database
from jawab.support.persons.person import told_to, verified_phone
from jawab.support.persons.store import PersonStore
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import Known

NOBODY: Mapping[str, int] = {"present": 0, "waiting": 0}

Context: TypeAlias = Callable[[Message, Conversation], Mapping[str, Any]]


def context_of(
    database: Database,
    people: People,
    tickets: TicketStore,
    chats: ChatStore,
    persons: PersonStore,
) -> Context:
    """Return the function that reads the context of one message.

    `agents` {"present", "waiting"}; `known` {"name", "email", "phone", "order_number"} as far as they are, also from the
    person's other conversations that may be told here;
    `tickets` of this conversation [{"reference", "state", "topic", "due_at"}]; `attachments`, the message's ids.
    """

    def context(message: Message, conversation: Conversation) -> Mapping[str, Any]:
        with database.reading():  # one transaction for all of it
            return read(message, conversation)

    def read(message: Message, conversation: Conversation) -> Mapping[str, Any]:
        family = persons.family_of(conversation.id)
        phone = verified_phone(conversation.id, family)
        opened = tickets.of_conversations(told_to(conversation.id, family))
        return {
            # Who writes a mail waits for no live chat.
            "agents": NOBODY if conversation.channel == EMAIL else people.counts(conversation),
            "known": {
                **({"phone": phone} if phone else {}),
                **_vouched_for(chats, conversation),
                **Known.told_by(opened).as_values(),
            },
            "tickets": [
                {
                    "reference": ticket.reference,
                    "state": ticket.state.value,
                    "topic": ticket.topic,
                    "due_at": ticket.due_at.isoformat(),
                }
                for ticket in opened
                if ticket.conversation_id == conversation.id
            ],
            "attachments": [attached.id for attached in message.attachments],
        }

    return context


def _vouched_for(chats: ChatStore, conversation: Conversation) -> Mapping[str, str]:
    """The phone that a messaging app says is the shopper's own."""
    chat = chats.of_conversation(conversation.id) if conversation.channel != SITE else None
    known = chat is not None and chat.phone_verified and chat.phone
    return {"phone": known} if known else {}
