"""Messages: what was said, by whom, and the buttons offered under it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from jawab.support.attachments.attachment import Attached
from jawab.support.errors import UnknownButton
from jawab.text.language import Lang

_BUTTON_ID = re.compile(r"([1-9][0-9]{0,17})-([0-9]{1,3})")


class Author(str, Enum):
    """Who wrote a message."""

    SHOPPER = "shopper"
    BOT = "bot"
    AGENT = "agent"


@dataclass(frozen=True)
class Choice:
    """A button before it is stored: the words on it and what it means to the bot."""

    title: str
    meaning: Mapping[str, Any]


@dataclass(frozen=True)
class Button:
    """A stored button. Only `id` and `title` ever leave the desk; the meaning goes to the bot."""

    id: str
    title: str
    meaning: Mapping[str, Any]


@dataclass(frozen=True)
class Form:
    """What a message asks for within a form of several steps, so that a client can ready its field.

    `input` is the kind of answer: choice, text, email, tel, order_number, files or confirm.
    """

    id: str
    field: str
    input: str
    step: int
    steps: int


@dataclass(frozen=True)
class Draft:
    """A message of the bot before it is stored."""

    text: str
    lang: Lang
    choices: tuple[Choice, ...] = ()
    form: Form | None = None


@dataclass(frozen=True)
class Picked:
    """What a shopper picked from a list, as if its button had been pressed: a question of the FAQ, or, by another `key`,
    something that the desk itself answers.
    """

    id: str
    title: str
    key: str = "intent"

    @property
    def meaning(self) -> Mapping[str, Any]:
        """What it means to the bot or the desk."""
        return {self.key: self.id}


@dataclass(frozen=True)
class Arrival:
    """What a shopper sends: words (with files, if any), a pressed button or a picked question, under
    the sender's own id for it.
    """

    client_id: str
    text: str | None = None
    button: str | None = None
    question: Picked | None = None
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pressed:
    """The button that a shopper's message stands for: `41-0`, or the id of a question, `returns_how`."""

    id: str
    meaning: Mapping[str, Any]


@dataclass(frozen=True)
class Message:
    """A stored message. Ids grow within a conversation in the order the messages were stored.

    An agent's message carries `signature`, the name under which it was written.
    """

    id: int
    conversation_id: str
    author: Author
    text: str
    lang: Lang
    at: datetime
    buttons: tuple[Button, ...] = ()
    client_id: str | None = None
    in_reply_to: int | None = None
    pressed: Pressed | None = field(default=None)
    attachments: tuple[Attached, ...] = ()
    agent_id: int | None = None
    signature: str | None = None
    form: Form | None = None


def button_id(message_id: int, position: int) -> str:
    """The id of the button at this place under this message: `41-0`."""
    return f"{message_id}-{position}"


def button_place(button: str) -> tuple[int, int]:
    """The message and place a button id names, or `UnknownButton`.

    >>> button_place("41-0")
    (41, 0)
    """
    match = _BUTTON_ID.fullmatch(button)
    if match is None:
        raise UnknownButton("this is no button id; press a button that was offered")
    return int(match[1]), int(match[2])
