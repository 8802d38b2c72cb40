"""Persons in SQL. Every method is one short transaction; what changes something writes it down in the same one."""

from dataclasses import replace
from datetime import datetime
from enum import Enum

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from jawab.support.conversations.statements import find_conversation
from jawab.support.database import Database
from jawab.support.persons.person import (
    Event,
    Joining,
    Member,
    Person,
    Proof,
    What,
    joining,
    remaining,
    told_to,
)
from jawab.support.persons.statements import (
    family_of,
    forget_empty,
    history_of,
    keep,
    member_of,
    merge,
    new_person,
    person_with,
    write_down,
)
from jawab.support.persons.tables import invitations

LINK = "link"
_HISTORY = 50


class Opening(str, Enum):
    """What becomes of a link that is opened."""

    READY = "ready"  # the shopper is to say whether it is theirs
    OVER = "over"  # too old, opened elsewhere before, or none of ours


class PersonStore:
    """Which conversations are one person's, what joined them, and the links that may join more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def family_of(self, conversation_id: str) -> tuple[Member, ...]:
        """Every conversation of the same person, those kept apart too, in the order they were joined; or none."""
        with self._database.reading() as connection:
            return family_of(connection, conversation_id)

    def told_to(self, conversation_id: str) -> tuple[str, ...]:
        """The conversations whose tickets may be told in this one, itself first."""
        return told_to(conversation_id, self.family_of(conversation_id))

    def history(self, conversation_id: str) -> tuple[Event, ...]:
        """What joined and separated this conversation, the latest first."""
        with self._database.reading() as connection:
            return history_of(connection, conversation_id, limit=_HISTORY)

    def vouch(self, conversation_id: str, phone: str, *, who: str, now: datetime) -> None:
        """An app (`who`: the account) says that this is the number of whoever writes here: join whatever else has it.

        What a link has joined to this conversation comes along; another number than before takes this one alone. A
        conversation that an agent has separated stays apart.
        """
        with self._database.writing() as connection:
            shop = find_conversation(connection, conversation_id, lock=True).shop
            person = person_with(connection, shop, phone, now=now)
            before = member_of(connection, conversation_id)
            if before is not None and before.person == person:
                if before.proof is Proof.PHONE or before.apart:
                    return
                member = replace(before, proof=Proof.PHONE)
            elif before is None or before.apart or before.person.phone is not None:
                apart = before is not None and before.apart
                member = Member(conversation_id, person, Proof.PHONE, now, apart=apart)
            else:
                merge(connection, before.person, person)
                member = replace(before, person=person, proof=Proof.PHONE)
            keep(connection, member)
            if before is not None and before.person != person:
                forget_empty(connection, before.person)
            write_down(connection, member, What.JOINED, who=who, at=now)

    def invite(
        self,
        conversation_id: str,
        digest: str,
        *,
        account: str,
        now: datetime,
        expires_at: datetime,
    ) -> None:
        """Keep a link that was made in this conversation; those made in it before work no more."""
        theirs = (invitations.c.conversation_id == conversation_id) & invitations.c.used_at.is_(
            None
        )
        with self._database.writing() as connection:
            connection.execute(delete(invitations).where(theirs | (invitations.c.expires_at < now)))
            connection.execute(
                insert(invitations).values(
                    digest=digest,
                    conversation_id=conversation_id,
                    account=account,
                    expires_at=expires_at,
                )
            )

    def open(self, digest: str, *, account: str, conversation_id: str, now: datetime) -> Opening:
        """A link was opened in this conversation, which alone may accept it from now on."""
        free = (
            (invitations.c.digest == digest)
            & (invitations.c.account == account)
            & (invitations.c.conversation_id != conversation_id)
            & (invitations.c.expires_at > now)
            & invitations.c.used_at.is_(None)
            & (invitations.c.opened_by.is_(None) | (invitations.c.opened_by == conversation_id))
        )
        with self._database.writing() as connection:
            opened = update(invitations).where(free).values(opened_by=conversation_id)
            return Opening.READY if connection.execute(opened).rowcount else Opening.OVER

    def accept(self, conversation_id: str, *, now: datetime) -> Joining | None:
        """Who opened a link says that it is theirs; None when there is none that could be accepted (any more)."""
        waits = (
            select(invitations)
            .where(
                invitations.c.opened_by == conversation_id,
                invitations.c.used_at.is_(None),
                invitations.c.expires_at > now,
            )
            .order_by(invitations.c.expires_at.desc())
            .limit(1)
            .with_for_update()
        )
        with self._database.writing() as connection:
            found = connection.execute(waits).first()
            if found is None:
                return None
            used = invitations.c.digest == found.digest
            connection.execute(update(invitations).where(used).values(used_at=now))
            return _link(connection, found.conversation_id, conversation_id, now=now)

    def decline(self, conversation_id: str, *, now: datetime) -> None:
        """Who opened a link says that it is not theirs."""
        here = (invitations.c.opened_by == conversation_id) & invitations.c.used_at.is_(None)
        with self._database.writing() as connection:
            connection.execute(update(invitations).where(here).values(used_at=now))

    def separate(self, conversation_id: str, *, who: str, now: datetime) -> None:
        """An agent says that this conversation is another person's; nothing happens where it was joined to none."""
        self._set_apart(conversation_id, True, What.SEPARATED, who, now)

    def rejoin(self, conversation_id: str, *, who: str, now: datetime) -> None:
        """An agent takes a separation back."""
        self._set_apart(conversation_id, False, What.REJOINED, who, now)

    def _set_apart(
        self, conversation_id: str, apart: bool, what: What, who: str, now: datetime
    ) -> None:
        with self._database.writing() as connection:
            member = member_of(connection, conversation_id)
            if member is not None and member.apart is not apart:
                keep(connection, replace(member, apart=apart))
                write_down(connection, member, what, who=who, at=now)


def _link(connection: Connection, source: str, target: str, *, now: datetime) -> Joining:
    first, second = sorted((source, target))  # everybody locks in the same order
    shops = {find_conversation(connection, id, lock=True).shop for id in (first, second)}
    made, opened = member_of(connection, source), member_of(connection, target)
    outcome = joining(made, opened) if len(shops) == 1 else Joining.OTHERS
    if outcome is not Joining.JOINED:
        return outcome
    person = remaining(made, opened) or new_person(connection, shops.pop(), now=now)
    for member in (made, opened):
        if member is not None and member.person != person:
            merge(connection, member.person, person)
    _place(connection, made or Member(source, person, Proof.MADE, now), person, now=now)
    here = opened or Member(target, person, Proof.OPENED, now)
    _place(connection, replace(here, source=source), person, now=now)
    return outcome


def _place(connection: Connection, member: Member, person: Person, *, now: datetime) -> None:
    placed = replace(member, person=person)
    keep(connection, placed)
    told = {"source": placed.source} if placed.source else {}
    write_down(connection, placed, What.JOINED, who=LINK, at=now, data=told)
