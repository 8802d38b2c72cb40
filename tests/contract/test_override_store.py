"""Overrides on every database: the last one counts, all are kept, and two processes see the same."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import event

from jawab.knowledge import load
from jawab.settings import PROJECT
from jawab.support.agents.agent import Agent, Role
from jawab.support.database import Database, connect
from jawab.support.errors import StaleOverride
from jawab.support.overrides.current import Current
from jawab.support.overrides.override import Part, Target
from jawab.support.overrides.store import OverrideStore

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
PHONE = Target(Part.HOURS, "phone")
OWNER = Agent(id=7, login="sara", name="سارا", role=Role.OWNER)
CLOSED = {"every_day": "closed"}


@pytest.fixture(scope="module")
def files():
    return load(PROJECT)


@pytest.fixture
def store(database):
    return OverrideStore(database)


def test_nothing_is_set_at_first(store):
    assert (store.version(), store.current(), store.history("souq", limit=9)) == (0, (0, ()), ())


def test_the_last_change_of_each_target_counts_and_all_are_kept(store):
    store.save("souq", PHONE, CLOSED, by=OWNER, now=NOW)
    store.save("digikala", PHONE, "always", by=OWNER, now=NOW)
    last = store.save("souq", PHONE, None, by=OWNER, now=NOW + timedelta(minutes=1))
    version, current = store.current()
    assert version == store.version() == last.id
    assert {(one.shop, one.value) for one in current} == {("souq", None), ("digikala", "always")}
    assert [one.value for one in store.history("souq", limit=9)] == [None, CLOSED]
    assert store.history("souq", limit=1) == (last,)
    assert last.who == "سارا"


def test_a_change_over_one_that_was_not_seen_is_refused(store):
    first = store.save("souq", PHONE, CLOSED, by=OWNER, now=NOW, seen=0)
    with pytest.raises(StaleOverride):
        store.save("souq", PHONE, "always", by=OWNER, now=NOW, seen=0)
    store.save("souq", PHONE, "always", by=OWNER, now=NOW, seen=first.id)


def test_what_one_process_sets_another_sees_at_its_next_look(url, store, files):
    other = Database(connect(url, patience=timedelta(seconds=5)))
    seen = Current(files, OverrideStore(other))
    assert seen.look() is files
    store.save("souq", PHONE, CLOSED, by=OWNER, now=NOW)
    assert seen.knowledge is files
    assert seen.look().shop("souq").channel("phone").hours.never
    assert seen.look() is seen.knowledge
    store.save("souq", PHONE, None, by=OWNER, now=NOW)
    assert seen.look().shop("souq") == files.shop("souq")
    other.close()


def test_a_version_never_stands_for_more_than_was_read_with_it(database, store):
    store.save("souq", PHONE, "always", by=OWNER, now=NOW)
    still = [CLOSED]

    def set_in_between(*_):
        if still:
            store.save("souq", PHONE, still.pop(), by=OWNER, now=NOW)

    event.listen(database.engine, "after_cursor_execute", set_in_between)
    version, read = store.current()
    assert version < store.version() or read == store.current()[1]


def test_without_its_table_the_files_hold(tmp_path, files):
    empty = Database(connect(f"sqlite:///{tmp_path / 'none.db'}", patience=timedelta(seconds=1)))
    assert Current(files, OverrideStore(empty)).look() is files
    empty.close()
