"""Finding what is a person's, by what they can be looked for: phones, e-mails, conversations.

A conversation that names the phone asked for and another one as well is perhaps somebody else's, who wrote it for a friend
or slipped: it is `shared` and left alone until it is asked for by its id. Its ticket with that phone is the person's.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import and_, false, or_, select
from sqlalchemy.engine import Connection

from jawab.privacy.person import Person, Wanted
from jawab.support.apps.tables import chats
from jawab.support.mail.tables import mail_threads, mails
from jawab.support.persons.tables import members, persons
from jawab.support.tables import conversations, tickets


def find(connection: Connection, wanted: Wanted) -> Person:
    """Whatever is kept of whoever is wanted."""
    named = _tickets(connection, wanted)
    candidates = {row.conversation_id for row in named if row.conversation_id is not None}
    candidates |= _chats(connection, wanted) | _threads(connection, wanted)
    candidates |= _joined(connection, wanted)
    certain = wanted.conversations | _signed(connection, wanted)
    candidates -= certain
    shared = {id for id in candidates if _names_another(connection, id, wanted)}
    there = select(conversations.c.id).where(
        conversations.c.id.in_((candidates - shared | certain) - wanted.without)
    )
    return gathered(
        connection,
        connection.execute(there).scalars(),
        (row.reference for row in named),
        emails=wanted.emails,
        without=wanted.without,
        shared=shared - wanted.without,
    )


def gathered(
    connection: Connection,
    of: Iterable[str],
    references: Iterable[str] = (),
    *,
    emails: Collection[str] = (),
    more: Iterable[int] = (),
    without: Collection[str] = (),
    shared: Iterable[str] = (),
) -> Person:
    """Everything that belongs to these conversations and tickets, the mails of these addresses, and `more` mails by id."""
    ids = frozenset(of)
    theirs = select(tickets.c.reference).where(tickets.c.conversation_id.in_(ids))
    owned = frozenset((*references, *connection.execute(theirs).scalars())) - frozenset(without)
    there = select(chats.c.account, chats.c.chat).where(chats.c.conversation_id.in_(ids))
    written = select(mails.c.id).where(
        or_(
            mails.c.conversation_id.in_(ids),
            mails.c.reference.in_(owned),
            mails.c.sender.in_(emails),
            mails.c.envelope_sender.in_(emails),
        )
    )
    return Person(
        conversations=ids,
        tickets=owned,
        mails=frozenset((*more, *connection.execute(written).scalars()))
        | _returned(connection, emails),
        chats=frozenset((row.account, row.chat) for row in connection.execute(there)),
        shared=frozenset(shared),
    )


def _tickets(connection: Connection, wanted: Wanted) -> list[Any]:
    here = or_(tickets.c.phone.in_(wanted.phones), tickets.c.email.in_(wanted.emails))
    found = connection.execute(select(tickets.c.reference, tickets.c.conversation_id).where(here))
    return [
        row
        for row in found
        if row.reference not in wanted.without and row.conversation_id not in wanted.without
    ]


def _chats(connection: Connection, wanted: Wanted) -> set[str]:
    here = select(chats.c.conversation_id).where(chats.c.phone.in_(wanted.phones))
    return set(connection.execute(here).scalars())


def _joined(connection: Connection, wanted: Wanted) -> set[str]:
    """What was joined to a verified phone, on the site and in other apps, unless an agent has separated it again."""
    theirs = members.c.person_id == persons.c.id
    here = select(members.c.conversation_id).join(persons, theirs)
    vouched = here.where(persons.c.phone.in_(wanted.phones), members.c.apart.is_(False))
    return set(connection.execute(vouched).scalars())


def _signed(connection: Connection, wanted: Wanted) -> set[str]:
    """What a shop's own server vouches for."""
    c = conversations.c
    named = [and_(c.shop == shop, c.signed_as == user) for shop, user in wanted.users]
    return set(connection.execute(select(c.id).where(or_(false(), *named))).scalars())


def _threads(connection: Connection, wanted: Wanted) -> set[str]:
    here = select(mail_threads.c.conversation_id).where(mail_threads.c.sender.in_(wanted.emails))
    return set(connection.execute(here).scalars())


def _names_another(connection: Connection, conversation_id: str, wanted: Wanted) -> bool:
    """Whether a conversation names, of the kinds asked for, a phone or an e-mail that was not asked for."""
    own = select(tickets.c.phone, tickets.c.email).where(
        tickets.c.conversation_id == conversation_id
    )
    found = connection.execute(own).all()
    phones, emails = {row.phone for row in found}, {row.email for row in found}
    phone = select(chats.c.phone).where(chats.c.conversation_id == conversation_id)
    phones |= set(connection.execute(phone).scalars())
    sender = select(mail_threads.c.sender).where(mail_threads.c.conversation_id == conversation_id)
    emails |= set(connection.execute(sender).scalars())
    return bool(
        (wanted.phones and phones - wanted.phones - {None})
        or (wanted.emails and emails - wanted.emails - {None})
    )


def _returned(connection: Connection, emails: Collection[str]) -> frozenset[int]:
    """Mails on nobody's conversation or ticket that name an address inside: what came back, lists, floods."""
    sought = [email.encode() for email in emails]
    if not sought:
        return frozenset()
    alone = select(mails.c.id, mails.c.raw).where(
        mails.c.conversation_id.is_(None), mails.c.reference.is_(None)
    )
    one_by_one = connection.execute(alone.execution_options(stream_results=True))
    return frozenset(
        row.id for row in one_by_one if any(email in bytes(row.raw).lower() for email in sought)
    )
