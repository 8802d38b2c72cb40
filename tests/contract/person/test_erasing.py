"""What is erased is nowhere any more, and nobody else misses anything."""

import json

import pytest
from sqlalchemy import Column, MetaData, String, Table, inspect, select, text

from jawab.privacy import erasing, finding
from jawab.privacy.parts import IMPERSONAL, PARTS, uncovered
from jawab.privacy.person import Wanted
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Draft
from jawab.support.conversations.store import Store
from jawab.support.persons.store import PersonStore
from jawab.support.search.store import SearchStore
from jawab.support.search.terms import wanted as words
from jawab.support.tables import attachments, metadata
from jawab.support.tickets.doubles import DoubleStore
from jawab.support.tickets.store import TicketStore
from jawab.text.language import Lang

from . import people
from .people import NOUR, PARI

BY_CONTACT = Wanted(phones=frozenset([PARI.phone]), emails=frozenset([PARI.email]))


def find(database, wanted):
    with database.reading() as connection:
        return finding.find(connection, wanted)


def erase(database, files, wanted):
    with database.writing() as connection:
        person = finding.find(connection, wanted)
        erased = erasing.erase(connection, person)
    erasing.remove_files(database, files, erased.contents)
    return person, erased


def everything_in(database):
    """Every value of every table the database really has, as text."""
    found = []
    with database.reading() as connection:
        for name in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{name}"')):
                found.extend(
                    value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                    for value in map(_plain, row)
                )
    return "\n".join(found)


def _plain(value):
    """JSON as it reads; the databases keep it with escapes."""
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value[:1] in ("{", "["):
        return json.dumps(json.loads(value), ensure_ascii=False)
    return value


def held_by(database, person):
    with database.reading() as connection:
        return erasing.count(connection, person)


def test_no_table_is_forgotten(database):
    with database.reading() as connection:
        there = set(inspect(connection).get_table_names())
    covered = {part.table.name for part in PARTS} | {table.name for table in IMPERSONAL}
    # The words of the index go with its entries; FTS5 keeps them in tables of its own.
    rest = {
        name
        for name in there - covered
        if not name.startswith(("search_terms", "sqlite_", "alembic_"))
    }
    assert rest == set()
    assert uncovered() == frozenset()


def test_a_new_table_is_noticed():
    tables = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(tables)
    Table("wishes", tables, Column("phone", String(20)))
    assert uncovered(tables) == {"wishes"}


def test_they_have_left_something_in_every_table(database, pari):
    person = find(database, BY_CONTACT)
    assert person.conversations == pari
    assert [name for name, number in held_by(database, person).items() if not number] == []
    everything = everything_in(database)
    assert [word for word in PARI.words if word not in everything] == []


def test_nothing_of_them_is_left_in_any_table(database, files, pari, nour):
    before = held_by(database, find(database, Wanted(phones=frozenset([NOUR.phone]))))
    person, erased = erase(database, files, BY_CONTACT)
    assert all(erased.counts.values())
    assert erasing.leave_no_trace(database)
    everything = everything_in(database)
    assert [word for word in PARI.words if word in everything] == []
    assert [id for id in person.conversations | person.tickets if id in everything] == []
    assert find(database, BY_CONTACT).nobody
    assert held_by(database, find(database, Wanted(phones=frozenset([NOUR.phone])))) == before
    assert [word for word in NOUR.words if word not in everything] == []


def test_nothing_of_them_is_left_in_the_files(database, files, trackers, pari, nour, tmp_path):
    if database.engine.dialect.name != "sqlite":
        pytest.skip("how PostgreSQL uses its files again is its own matter")
    people.remembered(trackers, pari, PARI)
    people.remembered(trackers, nour, NOUR)
    assert found_in(tmp_path, PARI) == set(PARI.words)
    person, erased = erase(database, files, BY_CONTACT)
    trackers.erase(person.conversations)
    assert erased.contents
    assert erasing.leave_no_trace(database)
    assert trackers.leave_no_trace()
    assert found_in(tmp_path, PARI) == set()
    assert found_in(tmp_path, NOUR) == set(NOUR.words)
    assert trackers.count(nour) == 3 * len(nour)


def found_in(folder, who):
    """Which of their words stand in any file's bytes, as letters or as JSON's escapes."""
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    everything = everything.lower()
    return {
        word
        for word in who.words
        if word.encode() in everything or json.dumps(word)[1:-1].encode() in everything
    }


def test_a_file_that_another_sent_too_stays(database, files, clerk):
    site, _ = people.live(database, files, PARI, clerk)
    other, _ = people.live(database, files, NOUR, clerk)
    for who, chat in ((PARI, site), (NOUR, other)):
        people.photo(database, files, who, chat, content=b"the same picture")
    erase(database, files, Wanted(conversations=frozenset([site])))
    with database.reading() as connection:
        contents = list(connection.execute(select(attachments.c.content)).scalars())
    assert len(contents) == 2
    assert all(files.path(content).is_file() for content in contents)


def test_words_are_found_no_more(database, files, pari, nour):
    search = SearchStore(database)
    assert search.search(words(PARI.word)).hits
    erase(database, files, BY_CONTACT)
    assert not search.search(words(PARI.word)).hits
    assert search.search(words(NOUR.word)).hits


def test_a_conversation_alone_is_erased_by_its_id(database, files, pari, clerk):
    other, reference = people.live(database, files, PARI, clerk)
    person, _ = erase(database, files, Wanted(conversations=frozenset([other])))
    assert (person.conversations, person.tickets) == ({other}, {reference})
    assert find(database, BY_CONTACT).conversations == pari


def test_a_conversation_that_names_another_phone_too_is_left_alone(database, files, clerk):
    """Nour asks for herself, then for Pari, by Pari's phone: the second ticket is Pari's, the talk is not."""
    talk, own = people.live(database, files, NOUR, clerk)
    named = people.ticket(database, PARI, talk, email=None, client_id="t2")
    person, _ = erase(database, files, Wanted(phones=frozenset([PARI.phone])))
    assert (person.conversations, person.tickets, person.shared) == (set(), {named}, {talk})
    assert [ticket.reference for ticket in TicketStore(database).of_conversation(talk)] == [own]
    everything = everything_in(database)
    assert PARI.phone not in everything
    assert NOUR.word in everything


def test_what_is_excepted_stays(database, files, clerk):
    kept, reference = people.live(database, files, PARI, clerk)
    gone, _ = people.live(database, files, PARI, clerk)
    wanted = Wanted(phones=frozenset([PARI.phone]), without=frozenset([kept]))
    person, _ = erase(database, files, wanted)
    assert person.conversations == {gone}
    assert TicketStore(database).find(reference).phone == PARI.phone


def test_of_two_who_are_joined_the_other_stays_whole(database, files, clerk):
    """A link from Pari's talk was opened in Nour's chat: what says so goes with Pari's, Nour's chat and number stay."""
    site, _ = people.live(database, files, PARI, clerk)
    chat, persons = people.in_app(database, NOUR), PersonStore(database)
    persons.invite(
        site, "link", account="bot", now=people.NOW, expires_at=people.NOW + people.LEASE
    )
    persons.open("link", account="bot", conversation_id=chat, now=people.NOW)
    persons.accept(chat, now=people.NOW)
    erase(database, files, Wanted(conversations=frozenset([site])))
    (left,) = persons.family_of(chat)
    assert (left.person.phone, left.source) == (NOUR.phone, None)
    assert site not in everything_in(database)


def test_what_was_joined_to_a_verified_phone_is_found_by_it(database, files, clerk):
    chat, persons = people.in_app(database, PARI), PersonStore(database)
    begun = begin(shop="digikala", lang=Lang.FA, now=people.NOW)
    Store(database).open_conversation(begun, Draft(people.said(PARI), Lang.FA))
    persons.invite(
        begun.id, "link", account="bot", now=people.NOW, expires_at=people.NOW + people.LEASE
    )
    persons.open("link", account="bot", conversation_id=chat, now=people.NOW)
    persons.accept(chat, now=people.NOW)
    erase(database, files, Wanted(phones=frozenset([PARI.phone])))
    assert PARI.name not in everything_in(database)


def test_a_shops_user_is_found_in_that_shop_alone(database, files):
    kept = []
    for shop, user in (("souq", "4711"), ("digikala", "4711"), ("souq", "4712")):
        begun = begin(shop=shop, lang=Lang.AR, now=people.NOW, signed_as=user)
        Store(database).open_conversation(begun, Draft("أهلا", Lang.AR))
        kept.append(begun.id)
    person, _ = erase(database, files, Wanted(users=frozenset([("souq", "4711")])))
    assert person.conversations == {kept[0]}
    assert find(database, Wanted(conversations=frozenset(kept))).conversations == set(kept[1:])


def test_a_double_whose_other_ticket_was_erased_stands_by_itself(database, files, clerk):
    gone = people.ticket(database, PARI, None, email=None)
    double = people.ticket(database, NOUR, None, email=None, phone=PARI.phone)
    tickets = TicketStore(database)
    DoubleStore(database, tickets).merge(double, gone, who="agent:1", at=people.NOW)
    erase(database, files, Wanted(phones=frozenset([PARI.phone]), without=frozenset([double])))
    left = tickets.find(double)
    assert tickets.going_on(left) == left
