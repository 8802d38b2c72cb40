"""What only one desk may do at a time, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from jawab.support.leases import LeaseStore

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
LONG = timedelta(seconds=90)


@pytest.fixture
def leases(database):
    return LeaseStore(database)


def take(leases, by, name="poll", now=NOW):
    return leases.take(name, by=by, now=now, until=now + LONG)


def test_one_desk_has_a_lease_and_holds_it_for_longer(leases):
    assert take(leases, "one")
    assert not take(leases, "two")
    assert take(leases, "one", now=NOW + LONG / 2)
    assert not take(leases, "two", now=NOW + LONG)


def test_a_lease_that_ran_out_is_anothers(leases):
    assert take(leases, "one")
    assert take(leases, "two", now=NOW + LONG)
    assert not take(leases, "one", now=NOW + LONG)


def test_different_things_are_done_by_different_desks(leases):
    assert take(leases, "one", "poll a")
    assert take(leases, "two", "poll b")


def test_a_desk_that_stops_gives_everything_back(leases):
    take(leases, "one", "poll a")
    take(leases, "two", "poll b")
    leases.give_back("one")
    assert take(leases, "three", "poll a")
    assert not take(leases, "three", "poll b")


def test_of_many_at_the_same_moment_one_is_given_the_lease(leases):
    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(lambda number: take(leases, f"desk {number}"), range(12)))
    assert sum(given) == 1
