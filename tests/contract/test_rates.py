"""Counting who came how often: the same in the process's memory and in a real Redis."""

import time

import anyio
import pytest
from limits import parse

from jawab.desk.rates import Memory, Rates

from ..redis_server import redis_server


@pytest.fixture(scope="module")
def redis():
    with redis_server() as server:
        yield server


@pytest.fixture(params=["memory", "redis"])
def rates(request):
    shared = request.param == "redis"
    found = Rates(request.getfixturevalue("redis").url if shared else None)
    yield found
    found.close()


def waits(rates, rate, *key, times=1):
    async def ask():
        return [await rates.wait(parse(rate), *key) for _ in range(times)]

    return anyio.run(ask)


def test_so_many_pass_and_no_more(rates):
    found = waits(rates, "3/minute", "shoppers", "192.0.2.1", times=5)
    assert found[:3] == [0, 0, 0]
    assert all(1 <= seconds <= 61 for seconds in found[3:])


def test_each_key_has_a_count_of_its_own(rates):
    assert waits(rates, "1/hour", "shoppers", "192.0.2.2", times=2)[1] > 0
    assert waits(rates, "1/hour", "shoppers", "192.0.2.3") == [0]
    assert waits(rates, "1/hour", "apps", "192.0.2.2") == [0]


def test_a_window_ends_by_itself_even_under_a_flood(rates):
    assert waits(rates, "1/second", "flood") == [0]
    end = time.monotonic() + 15
    while waits(rates, "1/second", "flood") != [0]:
        assert time.monotonic() < end


def test_desks_that_share_a_redis_share_the_counts(redis):
    one, other = Rates(redis.url), Rates(redis.url)
    assert waits(one, "2/hour", "shared") == [0]
    assert waits(other, "2/hour", "shared") == [0]
    assert waits(one, "2/hour", "shared")[0] > 0
    one.close()
    other.close()


def test_while_redis_is_away_each_process_counts_for_itself_and_then_comes_back():
    now = [1_900_000_000.0]
    with redis_server() as server:
        rates = Rates(server.url, clock=lambda: now[0])
        server.stop()
        found = waits(rates, "2/hour", "away", times=3)
        assert found[:2] == [0, 0]
        assert found[2] > 0
        server.start()
        assert waits(rates, "2/hour", "away")[0] > 0, "it is left alone for a while"
        now[0] += 6
        assert waits(rates, "2/hour", "away") == [0], "Redis, which has forgotten all, counts again"
        rates.close()


def test_ever_new_addresses_fill_no_memory(monkeypatch):
    monkeypatch.setattr("jawab.desk.rates._MOST_KEYS", 100)
    memory = Memory()
    for number in range(1000):
        memory.incr(f"address {number}", 60)
    assert len(memory._counts) == 100
    assert memory.incr("address 999", 60) == 2
