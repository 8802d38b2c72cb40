"""Accounts as the owner administers them, on every database: what is done is in the history, and an owner stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.agents.administration import AgentAdministration, new_password
from jawab.support.agents.agent import NewAgent, Role
from jawab.support.agents.audit import Deed
from jawab.support.agents.store import AgentStore
from jawab.support.errors import LastOwner, LoginTaken, PasswordTooWeak, UnknownAgent
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
DAY = timedelta(days=1)
PASSWORD = "صندلی-سبز-پنجره"
DEED = {"by": "نور", "now": NOW}


@pytest.fixture
def store(database):
    return AgentStore(database)


@pytest.fixture
def accounts(database):
    return AgentAdministration(database)


@pytest.fixture
def sara(accounts):
    return accounts.add(NewAgent("Sara", "سارا"), PASSWORD, **DEED)


def deeds(accounts):
    return [line.deed for line in reversed(accounts.audit(limit=99))]


def test_an_account_is_added_with_its_line(accounts, store, sara):
    assert store.named("sara") == sara
    (line,) = accounts.audit(limit=9)
    assert (line.login, line.who, line.deed, line.at) == ("sara", "نور", Deed.ADDED, NOW)
    assert line.data["role"] == [None, "agent"]
    assert PASSWORD not in str(line)


def test_what_cannot_be_added_leaves_no_line(accounts, sara):
    with pytest.raises(LoginTaken):
        accounts.add(NewAgent("SARA", "Another"), PASSWORD, **DEED)
    with pytest.raises(PasswordTooWeak):
        accounts.add(NewAgent("ali", "علی"), "12345", **DEED)
    assert deeds(accounts) == [Deed.ADDED]


def test_a_change_tells_what_was_before(accounts, sara):
    wanted = NewAgent("other", "سارا", Role.LEAD, ("souq",), (Queue.SELLERS,), (Lang.AR,))
    changed = accounts.change(sara.id, wanted, **DEED)
    assert (changed.login, changed.role, changed.shops) == ("sara", Role.LEAD, ("souq",))
    assert accounts.audit(limit=1)[0].data == {
        "role": ["agent", "lead"],
        "shops": [[], ["souq"]],
        "queues": [[], ["sellers"]],
        "languages": [[], ["ar"]],
    }
    assert accounts.change(sara.id, wanted, **DEED) == changed
    assert deeds(accounts) == [Deed.ADDED, Deed.CHANGED]


@pytest.mark.parametrize(
    ("do", "deed"),
    [
        (lambda accounts, id: accounts.set_password(id, new_password(), **DEED), Deed.PASSWORD),
        (lambda accounts, id: accounts.set_active(id, False, **DEED), Deed.DISABLED),
        (lambda accounts, id: accounts.set_active(id, True, **DEED), Deed.ENABLED),
        (lambda accounts, id: accounts.sign_out(id, **DEED), Deed.SIGNED_OUT),
    ],
    ids=["password", "disabled", "enabled", "signed out"],
)
def test_every_session_ends(accounts, store, sara, do, deed):
    token = store.open_session(sara.id, now=NOW, lifetime=DAY)
    do(accounts, sara.id)
    assert store.of_token(token, now=NOW) is None
    assert deeds(accounts)[-1] is deed


def test_the_new_password_lets_in_and_a_closed_account_does_not(accounts, store, sara):
    made = new_password()
    accounts.set_password(sara.id, made, **DEED)
    assert store.sign_in("sara", PASSWORD) is None
    accounts.set_active(sara.id, False, **DEED)
    assert store.sign_in("sara", made) is None
    accounts.set_active(sara.id, True, **DEED)
    assert store.sign_in("sara", made) is not None


def test_nobody_unknown_is_changed(accounts):
    with pytest.raises(UnknownAgent):
        accounts.set_active(9, False, **DEED)
    assert deeds(accounts) == []


def test_the_last_owner_stays(accounts):
    one = accounts.add(NewAgent("one", "یک", Role.OWNER), PASSWORD, **DEED)
    with pytest.raises(LastOwner):
        accounts.set_active(one.id, False, **DEED)
    with pytest.raises(LastOwner):
        accounts.change(one.id, NewAgent("one", "یک", Role.LEAD), **DEED)
    accounts.change(one.id, NewAgent("one", "Other", Role.OWNER), **DEED)


def test_of_two_owners_who_close_each_others_account_at_once_one_stays(accounts, store):
    ids = [
        accounts.add(NewAgent(name, name, Role.OWNER), PASSWORD, **DEED).id for name in ("a", "b")
    ]

    def close(id):
        try:
            accounts.set_active(id, False, **DEED)
        except LastOwner:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(close, ids)) == [False, True]
    assert sum(agent.active for agent in store.everybody()) == 1
