"""Wrong answers are counted, right ones are not, and all is forgotten after a while."""

from datetime import datetime, timedelta, timezone

import pytest

from jawab.desk import guesses as module
from jawab.desk.failures import Refusal
from jawab.desk.guesses import Guesses, network


class Clock:
    def __init__(self):
        self.now = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def guesses(clock):
    return Guesses(window=timedelta(minutes=10), clock=clock)


def allowed(guesses, **limits):
    try:
        guesses.attempt(limits)
    except Refusal as refused:
        return refused
    return True


def test_so_many_and_no_more(guesses):
    assert [allowed(guesses, ticket=3) is True for _ in range(5)] == [True] * 3 + [False] * 2


def test_the_refusal_says_when_to_come_back(guesses, clock):
    allowed(guesses, ticket=1)
    clock.now += timedelta(minutes=4)
    refused = allowed(guesses, ticket=1)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "361"
    assert refused.values == {"minutes": "7"}
    clock.now += timedelta(seconds=361)
    assert allowed(guesses, ticket=1) is True


def test_right_answers_are_not_counted(guesses):
    for _ in range(9):
        assert allowed(guesses, ticket=2) is True
        guesses.right({"ticket": 2})


def test_each_key_has_its_own_count_and_a_refusal_adds_to_none(guesses):
    assert allowed(guesses, address=2, one=1) is True
    assert allowed(guesses, address=2, one=1) is not True
    assert allowed(guesses, address=2, two=1) is True
    assert allowed(guesses, address=2, three=1) is not True


def test_memory_is_bounded(guesses, monkeypatch):
    monkeypatch.setattr(module, "_MOST_KEYS", 3)
    for name in "abcde":
        allowed(guesses, **{name: 1})
    assert allowed(guesses, a=1) is True
    assert allowed(guesses, e=1) is not True


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:0:1::7", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:9:9:9:9", "2001:db8:0:1::/64"),
        ("", "unknown"),
        ("testclient", "unknown"),
    ],
)
def test_an_address_stands_for_its_network(address, group):
    assert network(address) == group
