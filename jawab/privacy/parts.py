"""Every table that holds something of a shopper, and which of its rows are a person's.

A table belongs into `PARTS` or, with its reason, into `IMPERSONAL`; a test fails for one that is in neither.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import MetaData, Table, and_, exists, false, or_
from sqlalchemy.sql import ColumnElement

from jawab.privacy.person import Person
from jawab.privacy.tables import privacy_audit
from jawab.support.agents.tables import agent_audit, agent_sessions, agents, notes
from jawab.support.apps.tables import chats, inbox, offsets, sent
from jawab.support.deliveries.delivery import Carrier
from jawab.support.deliveries.tables import deliveries
from jawab.support.handovers.tables import handovers, satisfaction
from jawab.support.learning.tables import learning_marks, learning_trials
from jawab.support.leases import leases
from jawab.support.mail.tables import mail_threads, mails
from jawab.support.overrides.tables import overrides
from jawab.support.persons.tables import events as person_events
from jawab.support.persons.tables import invitations, members, persons
from jawab.support.search.tables import search_entries
from jawab.support.tables import (
    attachments,
    conversations,
    feedback,
    messages,
    metadata,
    ticket_events,
    tickets,
    turns,
)


@dataclass(frozen=True)
class Part:
    """A table and the condition that picks a person's rows of it; what is only derived is not `handed_over`."""

    table: Table
    of: Callable[[Person], ColumnElement]
    handed_over: bool = True


def _by_conversation(table: Table) -> Part:
    return Part(table, lambda person: table.c.conversation_id.in_(person.conversations))


def _by_ticket(table: Table) -> Part:
    return Part(table, lambda person: table.c.reference.in_(person.tickets))


def _posts(person: Person) -> ColumnElement:
    here = [
        and_(inbox.c.account == account, inbox.c.chat == chat) for account, chat in person.chats
    ]
    return or_(false(), *here)


def _parcels(person: Person) -> ColumnElement:
    """What leaves about a conversation or a ticket; what the shop's people are told names the ticket inside."""
    told = deliveries.c.data["reference"].as_string().in_(person.tickets)
    return or_(
        deliveries.c.subject.in_(person.conversations | person.tickets),
        and_(deliveries.c.carrier == Carrier.TEAM.value, told),
    )


def _found(person: Person) -> ColumnElement:
    return or_(
        search_entries.c.conversation_id.in_(person.conversations),
        search_entries.c.reference.in_(person.tickets),
    )


def _joined(person: Person) -> ColumnElement:
    """Who has no other conversation than these; before and after these are gone."""
    others = members.c.conversation_id.not_in(person.conversations)
    return ~exists().where(members.c.person_id == persons.c.id, others)


def _joinings(person: Person) -> ColumnElement:
    """What joined these conversations to others, or others to these."""
    source = person_events.c.data["source"].as_string()
    return or_(
        person_events.c.conversation_id.in_(person.conversations), source.in_(person.conversations)
    )


def _links(person: Person) -> ColumnElement:
    return or_(
        invitations.c.conversation_id.in_(person.conversations),
        invitations.c.opened_by.in_(person.conversations),
    )


PARTS: Final = (
    Part(conversations, lambda person: conversations.c.id.in_(person.conversations)),
    *map(
        _by_conversation,
        (
            *(messages, turns, attachments, feedback, satisfaction, handovers, notes),
            *(chats, sent, mail_threads, members),
        ),
    ),
    *map(_by_ticket, (tickets, ticket_events)),
    Part(mails, lambda person: mails.c.id.in_(person.mails)),
    Part(persons, _joined),
    Part(person_events, _joinings),
    Part(invitations, _links, handed_over=False),
    Part(inbox, _posts),
    Part(deliveries, _parcels),
    Part(search_entries, _found, handed_over=False),
)

IMPERSONAL: Final[Mapping[Table, str]] = MappingProxyType(
    {
        agents: "the shop's own people",
        agent_sessions: "the shop's own people",
        agent_audit: "what was done to the accounts of the shop's own people",
        learning_marks: "ids of messages, which say nothing once these are gone, and drafts of the owner's",
        learning_trials: "figures, and rows of the project's own development set",
        leases: "which desk reads which account of an app or which mailbox",
        overrides: "hours, closing days and numbers of the shop",
        offsets: "how far an account's updates were polled",
        privacy_audit: "that somebody was exported or erased, in numbers",
    }
)


def uncovered(tables: MetaData = metadata) -> frozenset[str]:
    """The tables nobody has said anything about: whether they hold something of shoppers, and whose."""
    covered = {part.table.name for part in PARTS} | {table.name for table in IMPERSONAL}
    return frozenset(tables.tables) - covered


def in_order_of_erasing() -> tuple[Part, ...]:
    """The parts, those that point to others before these."""
    place: dict[Any, int] = {table: at for at, table in enumerate(metadata.sorted_tables)}
    return tuple(sorted(PARTS, key=lambda part: -place[part.table]))
