"""Wrong answers are counted, right ones are not, and all is forgotten after a while."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from redis import Redis

from jawab.support import guesses as module
from jawab.support.errors import TooManyGuesses
from jawab.support.guesses import Guesses
from jawab.support.shared_guesses import SharedGuesses

from ...redis_server import redis_server

WINDOW = timedelta(minutes=10)


class Clock:
    def __init__(self):
        self.now = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def redis():
    with redis_server() as server:
        yield server


@pytest.fixture(params=["in this process", "in Redis"])
def guesses(request, clock):
    if request.param == "in this process":
        return Guesses(window=WINDOW, clock=clock)
    server = request.getfixturevalue("redis")
    Redis.from_url(server.url).flushall()
    return SharedGuesses(server.url, window=WINDOW, clock=clock)


def allowed(guesses, **limits):
    try:
        guesses.attempt(limits)
    except TooManyGuesses as refused:
        return refused
    return True


def test_so_many_guesses_are_heard_and_no_more(guesses):
    assert [allowed(guesses, ticket=3) is True for _ in range(5)] == [True] * 3 + [False] * 2


def test_the_refusal_says_when_to_come_back(guesses, clock):
    allowed(guesses, ticket=1)
    clock.now += timedelta(minutes=4)
    refused = allowed(guesses, ticket=1)
    assert refused.seconds == 361
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


def test_processes_that_share_a_redis_count_together(redis, clock):
    one, two = (SharedGuesses(redis.url, window=WINDOW, clock=clock) for _ in range(2))
    assert allowed(one, shared=2) is True
    assert allowed(two, shared=2) is True
    assert allowed(one, shared=2) is not True
    two.right({"shared": 2})
    assert allowed(one, shared=2) is True


def test_guesses_at_the_same_moment_are_no_more_than_allowed(guesses):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: allowed(guesses, ticket=5) is True, range(40)))
    assert sum(found) == 5


def test_without_redis_each_process_counts_for_itself(clock, caplog):
    alone = SharedGuesses("redis://127.0.0.1:9/0", window=WINDOW, clock=clock)
    assert [allowed(alone, login=2) is True for _ in range(3)] == [True, True, False]
    alone.right({"login": 2})
    assert allowed(alone, login=2) is True
    assert "guesses.redis_away" in caplog.text


def test_redis_is_told_no_login_and_no_address(redis, clock):
    shared = SharedGuesses(redis.url, window=WINDOW, clock=clock)
    shared.attempt({"sign-in 198.51.100.7 sara": 3})
    told = b" ".join(Redis.from_url(redis.url).scan_iter())
    assert b"jawab:guesses:" in told
    assert b"sara" not in told
    assert b"198.51.100.7" not in told


def test_memory_is_bounded(clock, monkeypatch):
    guesses = Guesses(window=WINDOW, clock=clock)
    monkeypatch.setattr(module, "_MOST_KEYS", 3)
    for name in "abcde":
        allowed(guesses, **{name: 1})
    assert allowed(guesses, a=1) is True
    assert allowed(guesses, e=1) is not True
