"""Agents: whose business what is, when somebody is there, and passwords."""

from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.agents import passwords
from jawab.support.agents.agent import Agent, Presence, Role
from jawab.support.errors import PasswordTooWeak
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
LIFETIME = timedelta(seconds=60)


def agent(**more):
    return Agent(id=1, login="sara", name="سارا", **more)


@pytest.mark.parametrize(
    ("who", "shop", "queue", "expected"),
    [
        (agent(), "souq", Queue.SELLERS, True),
        (agent(shops=("souq",)), "souq", None, True),
        (agent(shops=("souq",)), "digikala", None, False),
        (agent(shops=("souq",), role=Role.LEAD), "digikala", None, False),
        (agent(shops=("souq",), role=Role.OWNER), "digikala", None, True),
        (agent(queues=(Queue.SELLERS,)), "souq", Queue.SHOPPERS, False),
        (agent(queues=(Queue.SELLERS,)), "souq", Queue.SELLERS, True),
        (agent(queues=(Queue.SELLERS,), role=Role.LEAD), "souq", Queue.SHOPPERS, True),
    ],
)
def test_shops_and_queues_are_somebodys_business(who, shop, queue, expected):
    assert who.serves(shop, queue) is expected


def test_no_language_named_means_all():
    assert agent().speaks(Lang.AR)
    assert not agent(languages=(Lang.FA,)).speaks(Lang.AR)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"presence": Presence.ONLINE, "seen_at": NOW}, True),
        ({"presence": Presence.ONLINE, "seen_at": NOW - LIFETIME}, False),
        ({"presence": Presence.ONLINE}, False),
        ({"presence": Presence.AWAY, "seen_at": NOW}, False),
        ({"presence": Presence.ONLINE, "seen_at": NOW, "active": False}, False),
    ],
)
def test_presence_expires_by_itself(more, expected):
    assert agent(**more).is_present(NOW, lifetime=LIFETIME) is expected


def test_a_password_is_known_by_its_hash_alone():
    stored = passwords.hashed("گذرواژه بسیار بلند")
    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, "گذرواژه بسیار بلند")
    assert not passwords.matches(stored, "گذرواژه بسیار بلنـد")
    assert not passwords.matches(None, "گذرواژه بسیار بلند")
    assert not passwords.matches("no hash", "گذرواژه بسیار بلند")
    assert not passwords.is_outdated(stored)


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaaaa", "1212121212121", "x" * 300])
def test_a_weak_password_is_refused(weak):
    with pytest.raises(PasswordTooWeak):
        passwords.hashed(weak)
