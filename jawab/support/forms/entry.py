"""A filled-in ticket form, checked whole: everything that is wrong with it is told at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from jawab.support import cards, contact
from jawab.support.errors import (
    ContactError,
    EmptyMessage,
    InvalidTicket,
    MessageTooLong,
    UnknownTopic,
)
from jawab.support.texts import accepted
from jawab.support.tickets.topics import TicketTopic, TicketTopics


@dataclass(frozen=True)
class Entry:
    """What was filled in, as it was typed; an empty text is the same as nothing."""

    topic: str
    name: str
    message: str
    subtopic: str | None = None
    email: str | None = None
    phone: str | None = None
    order_number: str | None = None


@dataclass(frozen=True)
class CheckedEntry:
    """The same, each answer in its one written form."""

    topic: TicketTopic
    subtopic: str | None
    name: str
    message: str
    email: str | None
    phone: str | None
    order_number: str | None


def checked(
    entry: Entry, *, topics: TicketTopics, order_number: re.Pattern[str], longest_message: int
) -> CheckedEntry:
    """The entry in its written form without numbers of bank cards, or `InvalidTicket` with the problem of each field that has one.

    Somebody who is to be answered gives an e-mail address or a phone number.
    """
    problems: dict[str, str] = {}

    def tried(field: str, text: str | None, check: Callable[[str], str]) -> str | None:
        if text is None or not text.strip():
            return None
        try:
            return check(text)
        except ContactError:
            problems[field] = field
            return None

    topic = _topic(entry, topics, problems)
    name = tried(
        "name", entry.name, lambda text: contact.name(cards.masked(text, order_number=order_number))
    )
    if name is None:
        problems["name"] = "name"
    email = tried("email", entry.email, contact.email)
    phone = tried("phone", entry.phone, contact.phone)
    if email is None and phone is None and not {"email", "phone"} & set(problems):
        problems["phone"] = "contact_missing"
    number = tried(
        "order_number", entry.order_number, lambda text: contact.order_number(text, order_number)
    )
    if topic and topic.needs_order_number and number is None and "order_number" not in problems:
        problems["order_number"] = "order_number_missing"
    message = _message(entry.message, longest_message, problems)
    if problems or topic is None or name is None or message is None:
        raise InvalidTicket(problems)
    subtopic = entry.subtopic or None
    message = cards.masked(message, order_number=order_number)
    return CheckedEntry(topic, subtopic, name, message, email, phone, number)


def _topic(entry: Entry, topics: TicketTopics, problems: dict[str, str]) -> TicketTopic | None:
    try:
        return topics.find(entry.topic, entry.subtopic or None)
    except UnknownTopic:
        known = entry.topic in topics.by_id
        problems["subtopic" if known else "topic"] = "topic"
        return topics.by_id.get(entry.topic)


def _message(text: str, longest: int, problems: dict[str, str]) -> str | None:
    try:
        return accepted(text, limit=longest)
    except EmptyMessage:
        problems["message"] = "message"
    except MessageTooLong:
        problems["message"] = "message_too_long"
    return None
