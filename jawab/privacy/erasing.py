"""Taking out what is a person's: rows, the words in the index, files. Everything else stays as it is."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection

from jawab.privacy.parts import PARTS, in_order_of_erasing
from jawab.privacy.person import Person
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.database import SQLITE, Database
from jawab.support.handovers.tables import satisfaction
from jawab.support.mail.tables import mail_threads
from jawab.support.persons.tables import members
from jawab.support.search import index as search_index
from jawab.support.search.tables import search_entries
from jawab.support.tables import attachments, conversations, tickets


@dataclass(frozen=True)
class Erased:
    """How many rows of each table went, and which files nothing carries any more."""

    counts: Mapping[str, int]
    contents: frozenset[str]


def count(connection: Connection, person: Person) -> dict[str, int]:
    """How many rows of each table are a person's."""
    return {
        part.table.name: connection.execute(
            select(func.count()).select_from(part.table).where(part.of(person))
        ).scalar_one()
        for part in PARTS
    }


def erase(connection: Connection, person: Person) -> Erased:
    """Take a person's rows out, in the caller's transaction. Whoever writes into a conversation waits, then finds none."""
    ids = sorted(person.conversations)
    connection.execute(
        select(conversations.c.id).where(conversations.c.id.in_(ids)).with_for_update()
    ).all()
    files = held(connection, person)
    counts: dict[str, int] = {}
    for part in in_order_of_erasing():
        if part.table is search_entries:
            gone = search_index.remove(connection, part.of(person))
        else:
            gone = connection.execute(delete(part.table).where(part.of(person))).rowcount
        counts[part.table.name] = gone
    for table in (mail_threads, satisfaction):  # of a shared conversation, whose ticket went
        here = table.c.reference.in_(person.tickets)
        connection.execute(update(table).where(here).values(reference=None))
    doubles = tickets.c.merged_into.in_(person.tickets)  # of somebody's who goes on without
    connection.execute(update(tickets).where(doubles).values(merged_into=None))
    joined = members.c.source.in_(person.conversations)
    connection.execute(update(members).where(joined).values(source=None))
    return Erased(counts, files - carried(connection, files))


def held(connection: Connection, person: Person) -> frozenset[str]:
    """The contents of a person's files."""
    own = attachments.c.conversation_id.in_(person.conversations)
    return frozenset(connection.execute(select(attachments.c.content).where(own)).scalars())


def carried(connection: Connection, contents: Collection[str]) -> set[str]:
    """Those of these contents that some attachment is."""
    here = select(attachments.c.content).where(attachments.c.content.in_(contents))
    return set(connection.execute(here).scalars())


def remove_files(database: Database, files: AttachmentFiles, contents: frozenset[str]) -> int:
    """Take away the files that nothing carries, once what carried them is gone for good; how many there were."""
    with database.reading() as connection:
        still = carried(connection, contents)
    return sum(files.remove(content) for content in contents - still)


def leave_no_trace(database: Database) -> bool:
    """Have what was erased leave the database's file too, where it lies until the room is needed; False when others
    were in the way. A SQLite file is written anew, which holds writers up meanwhile; PostgreSQL sees to it by itself.
    """
    if database.engine.dialect.name != SQLITE:
        return True
    with database.writing() as connection:
        search_index.compact(connection)
    raw = database.engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except sqlite3.OperationalError:
        return False
    finally:
        raw.close()
