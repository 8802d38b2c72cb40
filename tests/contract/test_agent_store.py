"""What the store of agents promises, on every database."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from jawab.support.agents.agent import NewAgent, Presence, Role
from jawab.support.agents.store import AgentStore
from jawab.support.errors import LoginTaken, PasswordTooWeak, UnknownAgent
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
DAY = timedelta(days=1)
PASSWORD = "صندلی-سبز-پنجره"


@pytest.fixture
def store(database):
    return AgentStore(database)


@pytest.fixture
def sara(store):
    return store.add(NewAgent("Sara", "سارا"), PASSWORD, now=NOW)


def test_an_agent_comes_back_as_stored_without_the_password(store):
    new = NewAgent(
        " Nour@Shop.example", "نور", Role.LEAD, ("souq",), (Queue.SELLERS,), (Lang.AR, Lang.EN)
    )
    added = store.add(new, PASSWORD, now=NOW)
    assert store.get(added.id) == store.named("NOUR@shop.example ") == added
    assert (added.login, added.queues, added.languages) == (
        "nour@shop.example",
        (Queue.SELLERS,),
        (Lang.AR, Lang.EN),
    )
    assert not any(PASSWORD in str(value) for value in vars(added).values())
    assert store.everybody() == (added,)


def test_a_login_belongs_to_one_agent(store, sara):
    with pytest.raises(LoginTaken):
        store.add(NewAgent("SARA", "Another"), PASSWORD, now=NOW)
    assert store.count() == 1


def test_a_weak_password_stores_nothing(store):
    with pytest.raises(PasswordTooWeak):
        store.add(NewAgent("ali", "علی"), "12345", now=NOW)
    assert store.count() == 0


def test_nobody_unknown_is_found(store):
    with pytest.raises(UnknownAgent):
        store.get(9)
    with pytest.raises(UnknownAgent):
        store.named("nobody")


def test_login_and_password_let_in(store, sara):
    assert store.sign_in("sara", PASSWORD) == sara
    assert store.sign_in("sara", "wrong") is None
    assert store.sign_in("nobody", PASSWORD) is None


def test_a_token_opens_until_it_expires_and_is_nowhere_in_the_database(store, database, sara):
    token = store.open_session(sara.id, now=NOW, lifetime=DAY)
    assert store.of_token(token, now=NOW + DAY / 2) == sara
    assert store.of_token(token, now=NOW + DAY) is None
    assert store.of_token(token + "x", now=NOW) is None
    with database.reading() as connection:
        (row,) = connection.execute(text("SELECT * FROM agent_sessions")).all()
    assert token not in str(row)


def test_a_new_sign_in_replaces_the_old_token(store, sara):
    old = store.open_session(sara.id, now=NOW, lifetime=DAY)
    elsewhere = store.open_session(sara.id, now=NOW, lifetime=DAY)
    new = store.open_session(sara.id, now=NOW, lifetime=DAY, instead_of=old)
    assert store.of_token(old, now=NOW) is None
    assert store.of_token(new, now=NOW) == store.of_token(elsewhere, now=NOW) == sara
    store.close_session(new)
    assert store.of_token(new, now=NOW) is None


def test_presence_ends_by_itself(store, sara):
    minute = timedelta(minutes=1)
    assert store.present(now=NOW, lifetime=minute) == ()
    online = store.be(sara.id, Presence.ONLINE, now=NOW)
    assert store.present(now=NOW + minute / 2, lifetime=minute) == (online,)
    assert store.present(now=NOW + minute, lifetime=minute) == ()
    store.seen(sara.id, now=NOW + minute)
    assert [one.id for one in store.present(now=NOW + minute, lifetime=minute)] == [sara.id]
    store.be(sara.id, Presence.AWAY, now=NOW + minute)
    assert store.present(now=NOW + minute, lifetime=minute) == ()
