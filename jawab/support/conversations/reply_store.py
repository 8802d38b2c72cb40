"""What agents write to shoppers, in SQL: each reply once, whoever sends it again."""

from datetime import datetime

from jawab.support.agents.agent import Agent
from jawab.support.conversations.message import Author, Message
from jawab.support.conversations.statements import (
    append,
    attach,
    find_by_client_id,
    find_conversation,
    waiting,
)
from jawab.support.database import Database
from jawab.support.errors import ClientIdReused, NoHandover, NotYours
from jawab.support.handovers.handover import Handover
from jawab.support.handovers.statements import find_open, keep_handover
from jawab.support.texts import storable


class ReplyStore:
    """Writes into conversations in an agent's name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(
        self,
        conversation_id: str,
        agent: Agent,
        *,
        client_id: str,
        text: str,
        now: datetime,
        holding: bool = True,
        attachments: tuple[str, ...] = (),
    ) -> tuple[Message, bool]:
        """Store what an agent writes to the shopper, once for a client_id; whether it is new comes along.

        Unless `holding` is false (an answer to a ticket), the agent must have claimed the conversation.
        """
        # A blank first: no shopper's client_id begins with one.
        own_id = f" {agent.id} {client_id}"
        with self._database.writing() as connection:
            conversation = find_conversation(connection, conversation_id, lock=True)
            before = find_by_client_id(connection, conversation_id, own_id)
            if before is not None:
                sent = tuple(file.id for file in before.attachments)
                if (before.text, sent) != (storable(text), attachments):
                    raise ClientIdReused("a client_id belongs to one message; make a new one")
                return before, False
            found = find_open(connection, conversation_id)
            if found is not None and found.agent_id == agent.id:
                keep_handover(connection, found.answered())
            elif holding:
                raise _not_held(found)
            message = append(
                connection,
                conversation,
                Author.AGENT,
                text,
                now=now,
                client_id=own_id,
                agent_id=agent.id,
                signature=agent.name,
                attached_files=waiting(connection, conversation_id, attachments),
            )
            attach(connection, message)
            return message, True


def _not_held(found: Handover | None) -> NoHandover | NotYours:
    if found is None:
        return NoHandover("the bot owns this conversation; there is nobody to write to")
    return NotYours("claim the conversation first")
