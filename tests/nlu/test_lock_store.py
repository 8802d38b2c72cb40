"""Two Rasa servers and one conversation: its turns are worked on one after the other."""

import asyncio

import pytest
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig

from jawab.nlu.lock_store import PREFIX, AtomicLockStore

from ..redis_server import redis_server

KIND = "jawab.nlu.lock_store.AtomicLockStore"


@pytest.fixture(scope="module")
def redis():
    with redis_server() as server:
        yield server


def store(server):
    return store_at(server.url)


def store_at(url):
    """As Rasa makes it from its endpoints file."""
    made = LockStore.create(EndpointConfig(url=url, type=KIND))
    assert isinstance(made, AtomicLockStore)
    return made


def test_turns_of_one_conversation_at_two_servers_never_overlap(redis):
    async def run():
        servers, inside, most = (store(redis), store(redis)), 0, 0

        async def turn(number):
            nonlocal inside, most
            async with servers[number % 2].lock("c1"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*(turn(number) for number in range(40)))
        return most

    assert asyncio.run(run()) == 1


def test_other_conversations_do_not_wait(redis):
    async def run():
        one, two = store(redis), store(redis)
        async with one.lock("c1"), two.lock("c2"):
            return True

    assert asyncio.run(run())


def test_a_lock_is_let_go_when_the_turn_fails(redis):
    async def run():
        one = store(redis)
        with pytest.raises(ValueError, match="broken"):
            async with one.lock("c3"):
                raise ValueError("broken")
        async with store(redis).lock("c3", lock_lifetime=1):
            return True

    assert asyncio.run(run())


def test_a_server_that_died_is_waited_for_no_longer_than_the_lifetime(redis):
    async def run():
        dead = store(redis)
        await dead._redis.lock(f"{PREFIX}c4", timeout=0.3).acquire()
        async with store(redis).lock("c4"):
            return True

    assert asyncio.run(run())


def test_who_lost_the_lock_in_the_meantime_takes_nobody_elses_away(redis):
    async def run():
        slow, next_one, third = store(redis), store(redis), store(redis)
        async with slow.lock("c5", lock_lifetime=0.1), next_one.lock("c5"):
            held = await third._redis.get(f"{PREFIX}c5")
        return held

    assert asyncio.run(run())


def test_while_redis_is_away_each_server_locks_for_itself(caplog):
    async def run():
        alone, inside, most = store_at("redis://127.0.0.1:9/0"), 0, 0

        async def turn():
            nonlocal inside, most
            async with alone.lock("c6"):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*(turn() for _ in range(5)))
        return most

    assert asyncio.run(run()) == 1
    assert "lock.without_redis" in caplog.text
    assert "c6" not in caplog.text


def test_who_is_never_let_in_is_told_so(redis):
    async def run():
        one, two = store(redis), store(redis)
        async with one.lock("c7"), two.lock("c7", lock_lifetime=0.2):
            raise AssertionError("both hold it")

    with pytest.raises(LockError, match="another server"):
        asyncio.run(run())
