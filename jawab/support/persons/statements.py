"""The statements about persons, each on a connection whose transaction the caller holds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from jawab.support.database import SQLITE
from jawab.support.persons.person import Event, Member, Person, Proof, What, new_id
from jawab.support.persons.tables import events, members, persons
from jawab.support.prepared import Prepared

_NAME = 80


def member_of(connection: Connection, conversation_id: str) -> Member | None:
    """Whose this conversation is; locks that."""
    row = connection.execute(
        _members().where(members.c.conversation_id == conversation_id).with_for_update()
    ).first()
    return _to_member(row) if row else None


def family_of(connection: Connection, conversation_id: str) -> tuple[Member, ...]:
    """Everything of the person whose this conversation is, in the order it was joined; empty when it is nobody's."""
    found = _FAMILY.all(connection, {"conversation": conversation_id})
    return tuple(map(_to_member, found))


def new_person(connection: Connection, shop: str, *, now: datetime) -> Person:
    """Somebody of whom only links are known."""
    person = Person(new_id(), shop)
    connection.execute(insert(persons).values(id=person.id, shop=shop, phone=None, created_at=now))
    return person


def person_with(connection: Connection, shop: str, phone: str, *, now: datetime) -> Person:
    """The one person of this shop with this phone, made if need be."""
    dialect = sqlite if connection.dialect.name == SQLITE else postgresql
    connection.execute(
        dialect.insert(persons)
        .values(id=new_id(), shop=shop, phone=phone, created_at=now)
        .on_conflict_do_nothing()
    )
    query = select(persons).where(persons.c.shop == shop, persons.c.phone == phone)
    row = connection.execute(query.with_for_update()).one()
    return Person(row.id, row.shop, row.phone)


def keep(connection: Connection, member: Member) -> None:
    """Store a conversation's place, whether it had one before or not."""
    values = {
        "person_id": member.person.id,
        "proof": member.proof.value,
        "source": member.source,
        "apart": member.apart,
        "at": member.at,
    }
    here = members.c.conversation_id == member.conversation_id
    if not connection.execute(update(members).where(here).values(values)).rowcount:
        connection.execute(insert(members).values(conversation_id=member.conversation_id, **values))


def merge(connection: Connection, gone: Person, into: Person) -> None:
    """Let everything of one person be another's, of whom nothing remains."""
    theirs = members.c.person_id == gone.id
    connection.execute(update(members).where(theirs).values(person_id=into.id))
    forget_empty(connection, gone)


def forget_empty(connection: Connection, person: Person) -> None:
    """Forget somebody who has no conversation any more, and with them the phone."""
    left = select(members.c.conversation_id).where(members.c.person_id == person.id).exists()
    connection.execute(delete(persons).where(persons.c.id == person.id, ~left))


def write_down(
    connection: Connection,
    member: Member,
    what: What,
    *,
    who: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the history, in the transaction of the deed itself."""
    connection.execute(
        insert(events).values(
            person_id=member.person.id,
            conversation_id=member.conversation_id,
            who=who[:_NAME],
            what=what.value,
            data={"proof": member.proof.value, **(data or {})},
            at=at,
        )
    )


def history_of(connection: Connection, conversation_id: str, *, limit: int) -> tuple[Event, ...]:
    """What joined and separated this conversation, the latest first."""
    found = connection.execute(
        select(events)
        .where(events.c.conversation_id == conversation_id)
        .order_by(events.c.id.desc())
        .limit(limit)
    )
    return tuple(
        Event(row.conversation_id, row.who, What(row.what), row.data, row.at) for row in found
    )


def _members() -> Any:
    return select(members, persons.c.shop, persons.c.phone).join(
        persons, persons.c.id == members.c.person_id
    )


_FAMILY = Prepared(
    _members()
    .where(
        members.c.person_id
        == select(members.c.person_id)
        .where(members.c.conversation_id == bindparam("conversation"))
        .scalar_subquery()
    )
    .order_by(members.c.at, members.c.conversation_id)
)


def _to_member(row: Any) -> Member:
    person = Person(row.person_id, row.shop, row.phone)
    return Member(
        row.conversation_id, person, Proof(row.proof), row.at, source=row.source, apart=row.apart
    )
