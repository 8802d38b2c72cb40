"""The same person in several conversations of one shop: how they are joined, and what each may be told. Pure values.

Joined only by what proves it: a phone that a messaging app vouches for, or a link made in one conversation and opened in
another. A link proves one direction: who opens it has been let in by who made it, and not the other way round; so a link sent
to a stranger gives its sender nothing of theirs.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class What(str, Enum):
    """What can happen between conversations and the person they belong to."""

    JOINED = "joined"
    SEPARATED = "separated"
    REJOINED = "rejoined"


@dataclass(frozen=True)
class Event:
    """`who` is the messaging app's account that vouched, or an agent by name; `data` holds the proof, never a phone."""

    conversation_id: str
    who: str
    what: What
    data: Mapping[str, Any]
    at: datetime


class Proof(str, Enum):
    """How a conversation came to be a person's."""

    PHONE = "phone"  # its app vouches for the sender's own number, which is the person's
    OPENED = "opened"  # a link was opened in it
    MADE = "made"  # a link that was made in it was opened elsewhere


@dataclass(frozen=True)
class Person:
    """`phone` is verified, E.164, and one person's at a shop; None where only links are known."""

    id: str
    shop: str
    phone: str | None = None


@dataclass(frozen=True)
class Member:
    """A conversation of a person. `source` is the one whose link was opened here. `apart`: an agent has separated it."""

    conversation_id: str
    person: Person
    proof: Proof
    at: datetime
    source: str | None = None
    apart: bool = False


class Joining(str, Enum):
    """What becomes of two conversations that a link would join."""

    JOINED = "joined"
    KEPT_APART = "kept_apart"  # an agent has separated one of them
    OTHERS = "others"  # they have different verified phones


def joining(one: Member | None, other: Member | None) -> Joining:
    """Whether a link may join these two, as far as each is somebody's already."""
    if any(member is not None and member.apart for member in (one, other)):
        return Joining.KEPT_APART
    if one is None or other is None or one.person == other.person:
        return Joining.JOINED
    both = one.person.phone is not None and other.person.phone is not None
    return Joining.OTHERS if both else Joining.JOINED


def remaining(one: Member | None, other: Member | None) -> Person | None:
    """Which of two persons that turn out to be one remains: the one with a phone, else the first there is."""
    persons = [member.person for member in (one, other) if member is not None]
    return next((each for each in persons if each.phone is not None), next(iter(persons), None))


def told_to(conversation_id: str, members: Iterable[Member]) -> tuple[str, ...]:
    """The conversations whose tickets may be told in this one: itself, those with the same verified phone where it has one,
    and the one whose link was opened in it.
    """
    here = {member.conversation_id: member for member in members if not member.apart}
    mine = here.get(conversation_id)
    others: list[str] = []
    if mine is not None and mine.proof is Proof.PHONE:
        others = [id for id, member in here.items() if member.proof is Proof.PHONE]
    if mine is not None and mine.source in here:
        others.append(str(mine.source))
    return tuple(dict.fromkeys((conversation_id, *others)))


def verified_phone(conversation_id: str, members: Iterable[Member]) -> str | None:
    """The person's phone, where this conversation may know it."""
    may_know = set(told_to(conversation_id, members := tuple(members)))
    vouched = (m for m in members if m.conversation_id in may_know and m.proof is Proof.PHONE)
    return next((member.person.phone for member in vouched if not member.apart), None)


def new_id() -> str:
    """A person's id (96 bits)."""
    return secrets.token_hex(12)
