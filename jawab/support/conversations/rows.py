"""Between rows of the tables and the values of this package."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from jawab.support.attachments.attachment import Attached, Attachment
from jawab.support.conversations.conversation import Conversation, Owner
from jawab.support.conversations.message import (
    Author,
    Button,
    Choice,
    Form,
    Message,
    Pressed,
    button_id,
)
from jawab.support.conversations.turn import Turn, TurnState
from jawab.support.texts import storable, storable_values
from jawab.text.language import Lang

INTENT_LENGTH = 64
OUTCOME_LENGTH = 32


def to_conversation(row: Any) -> Conversation:
    """A row of `conversations`."""
    return Conversation(
        row.id,
        row.shop,
        Lang(row.lang),
        Owner(row.owner),
        row.created_at,
        row.channel,
        row.signed_as,
    )


def from_conversation(conversation: Conversation) -> dict[str, Any]:
    """The values of a row of `conversations`."""
    return {
        "id": conversation.id,
        "shop": conversation.shop,
        "lang": conversation.lang.value,
        "owner": conversation.owner.value,
        "created_at": conversation.created_at,
        "signed_as": conversation.signed_as,
        "channel": conversation.channel,
    }


def to_message(row: Any) -> Message:
    """A row of `messages`."""
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        author=Author(row.author),
        text=row.text,
        lang=Lang(row.lang),
        at=row.created_at,
        buttons=tuple(
            Button(button_id(row.id, place), kept["title"], kept["meaning"])
            for place, kept in enumerate(row.buttons)
        ),
        client_id=row.client_id,
        in_reply_to=row.in_reply_to,
        pressed=Pressed(row.pressed["id"], row.pressed["meaning"]) if row.pressed else None,
        attachments=tuple(Attached(**kept) for kept in row.attachments),
        agent_id=row.agent_id,
        signature=row.signature,
        form=Form(**row.form) if row.form else None,
    )


def to_attachment(row: Any) -> Attachment:
    """A row of `attachments`."""
    shown = Attached(row.id, row.name, row.type, row.size)
    return Attachment(shown, row.conversation_id, row.content, row.created_at)


def from_attachment(attachment: Attachment) -> dict[str, Any]:
    """The values of a row of `attachments`."""
    return {
        **asdict(attachment.shown),
        "conversation_id": attachment.conversation_id,
        "content": attachment.content,
        "created_at": attachment.at,
    }


def from_choices(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    """The column `buttons`."""
    return [
        {"title": storable(choice.title), "meaning": storable_values(choice.meaning)}
        for choice in choices
    ]


def to_turn(row: Any) -> Turn:
    """A row of `turns`."""
    return Turn(
        message_id=row.message_id,
        conversation_id=row.conversation_id,
        state=TurnState(row.state),
        attempts=row.attempts,
        queued_at=row.queued_at,
        next_attempt_at=row.next_attempt_at,
        result=row.result,
    )


def from_turn(turn: Turn) -> dict[str, Any]:
    """The values of a row of `turns`; what is often counted has columns of its own."""
    result = storable_values(turn.result) if turn.result is not None else {}
    intent, outcome = result.get("intent"), result.get("outcome")
    confidence = result.get("confidence")
    return {
        "message_id": turn.message_id,
        "conversation_id": turn.conversation_id,
        "state": turn.state.value,
        "attempts": turn.attempts,
        "queued_at": turn.queued_at,
        "next_attempt_at": turn.next_attempt_at,
        "intent": intent[:INTENT_LENGTH] if isinstance(intent, str) else None,
        "confidence": _number(confidence),
        "outcome": outcome[:OUTCOME_LENGTH] if isinstance(outcome, str) else None,
        "result": result or None,
    }


def _number(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None
