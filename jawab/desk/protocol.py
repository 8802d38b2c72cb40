"""How the desk and Rasa's REST channel understand each other: what is sent, what an answer must hold.

Rasa answers HTTP 200 with an empty list when its action server is away, when an action raises and when
it knows no such intent, so an answer without a single text is a failure, never an answer.
https://rasa.com/docs/rasa/connectors/your-own-website#restinput
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from jawab.support.conversations.conversation import Conversation
from jawab.support.conversations.message import Choice, Draft, Form, Message
from jawab.support.texts import for_bot
from jawab.text.language import Lang

# What a Rasa button says to a channel, not to us: everything else on it is its meaning.
_NOT_MEANING = frozenset(("title", "payload", "type"))
# What Rasa reads where a message is nothing but files; which they are stands in the metadata.
FILES_ALONE = "📎"


class RasaFailure(Exception):
    """Rasa gave no answer. `reached` is false when it certainly never got the message."""

    def __init__(self, reason: str, *, reached: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.reached = reached


@dataclass(frozen=True)
class Answer:
    """The bot's replies to one message, and what it reports of the turn."""

    replies: tuple[Draft, ...]
    report: Mapping[str, Any]

    @property
    def lang(self) -> Lang | None:
        """The language the message turned out to be in, when the bot said so."""
        return _lang(self.report)


def question(
    message: Message,
    conversation: Conversation,
    context: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """The body of the request for one message of a shopper; `context` stands in the metadata too.

    The conversation's language is the prior where the text itself holds no evidence. A button goes as
    its title for the eye, and as its meaning in the metadata for the bot.
    """
    metadata: dict[str, Any] = {
        **context,
        "message_id": str(message.id),
        "shop": conversation.shop,
        "lang": conversation.lang.value,
    }
    if message.pressed is not None:
        metadata["button"] = dict(message.pressed.meaning)
    text = for_bot(message.text) or FILES_ALONE
    return {"sender": conversation.id, "message": text, "metadata": metadata}


def answer_from_items(items: Any, *, message_id: str, prior: Lang) -> Answer:
    """Read the list that the REST channel returns; `RasaFailure` when it holds no text."""
    if not isinstance(items, list):
        raise RasaFailure("not_a_list")
    found = [item for item in items if isinstance(item, dict)]
    return _answer(
        [(item.get("text"), item.get("buttons"), item.get("custom")) for item in found],
        message_id=message_id,
        prior=prior,
    )


def answer_from_tracker(tracker: Any, *, message_id: str, prior: Lang) -> Answer | None:
    """Look in a tracker for the answer to this message: the bot's events after the user's with its id.

    None when the message is not there, or was taken but never answered.
    """
    events = tracker.get("events") if isinstance(tracker, dict) else None
    if not isinstance(events, list):
        raise RasaFailure("no_tracker")
    for said in _after_each(events, message_id):
        try:
            return _answer(said, message_id=message_id, prior=prior)
        except RasaFailure:
            continue
    return None


def _after_each(events: Sequence[Any], message_id: str) -> list[list[tuple[Any, Any, Any]]]:
    turns: list[list[tuple[Any, Any, Any]]] = []
    ours = False
    for event in events:
        if not isinstance(event, dict):
            continue
        if event.get("event") == "user":
            metadata = event.get("metadata")
            ours = isinstance(metadata, dict) and str(metadata.get("message_id")) == message_id
            if ours:
                turns.append([])
        elif ours and event.get("event") == "bot":
            data = event.get("data")
            data = data if isinstance(data, dict) else {}
            turns[-1].append((event.get("text"), data.get("buttons"), data.get("custom")))
    return turns


def _answer(said: Sequence[tuple[Any, Any, Any]], *, message_id: str, prior: Lang) -> Answer:
    report: dict[str, Any] = {}
    for _, _, custom in said:
        if isinstance(custom, dict):
            report.update(custom)
    if str(report.get("message_id") or message_id) != message_id:
        raise RasaFailure("another_turns_answer")
    lang = _lang(report) or prior
    replies = tuple(
        Draft(text, lang, _choices(buttons))
        for text, buttons, _ in said
        if isinstance(text, str) and text.strip()
    )
    if not replies:
        raise RasaFailure("no_text")
    # The last text is the one that asks.
    return Answer((*replies[:-1], replace(replies[-1], form=_form(report))), report)


def _choices(buttons: Any) -> tuple[Choice, ...]:
    found = [b for b in buttons if isinstance(b, dict)] if isinstance(buttons, list) else []
    return tuple(
        Choice(b["title"], {key: value for key, value in b.items() if key not in _NOT_MEANING})
        for b in found
        if isinstance(b.get("title"), str) and b["title"].strip()
    )


def _form(report: Mapping[str, Any]) -> Form | None:
    said = report.get("form")
    if not isinstance(said, dict):
        return None
    id, field, input = (said.get(key) for key in ("id", "field", "input"))
    step, steps = said.get("step"), said.get("steps")
    if not (isinstance(id, str) and isinstance(field, str) and isinstance(input, str)):
        return None
    if not (isinstance(step, int) and isinstance(steps, int) and 0 < step <= steps):
        return None
    return Form(id, field, input, step, steps)


def _lang(report: Mapping[str, Any]) -> Lang | None:
    try:
        return Lang(report.get("lang"))
    except ValueError:
        return None
