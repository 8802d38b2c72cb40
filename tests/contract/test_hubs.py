"""Live news: the same within one desk and between desks by a real Redis."""

import anyio
import pytest

from jawab.desk.hub import MESSAGE, OWNER, TYPING, InProcessHub, News
from jawab.desk.redis_hub import RedisHub

from ..redis_server import redis_server

PATIENCE = 15


@pytest.fixture(scope="module")
def redis():
    with redis_server() as server:
        yield server


class Pair:
    """Where news is published, and where it is listened to."""

    def __init__(self, here, there):
        self.here, self.there = here, there

    async def __aenter__(self):
        for hub in {self.here, self.there}:
            hub.start()
        await until(self.connected)
        return self

    async def __aexit__(self, *_):
        for hub in {self.here, self.there}:
            await hub.stop()

    async def connected(self):
        return not [await hub.trouble() for hub in (self.here, self.there) if await hub.trouble()]


@pytest.fixture(params=["one desk", "two desks"])
def pair(request):
    def make():
        if request.param == "one desk":
            hub = InProcessHub()
            return Pair(hub, hub)
        url = request.getfixturevalue("redis").url
        return Pair(RedisHub(url), RedisHub(url))

    if request.param == "two desks":
        request.getfixturevalue("redis")
    return make


async def until(check):
    with anyio.fail_after(PATIENCE):
        while not await check():
            await anyio.sleep(0.01)


async def heard(subscription, kind):
    with anyio.fail_after(PATIENCE):
        while True:
            for news in await subscription.next():
                if news.kind == kind:
                    return news


def test_news_of_a_conversation_reaches_its_listeners(pair):
    async def run():
        async with pair() as hubs:
            with hubs.there.subscribe("c1") as one:
                hubs.here.publish("c1", News(OWNER, {"owner": "human", "name": "پشتیبان"}))
                assert (await heard(one, OWNER)).data == {"owner": "human", "name": "پشتیبان"}

    anyio.run(run)


def test_other_conversations_hear_nothing(pair):
    async def run():
        async with pair() as hubs:
            with hubs.there.subscribe("c1") as one, hubs.there.subscribe("c2") as two:
                hubs.here.publish("c2", News(MESSAGE))
                hubs.here.publish("c1", News(TYPING, {"on": True}))
                await heard(two, MESSAGE)
                with anyio.fail_after(PATIENCE):
                    kinds = {news.kind for news in await one.next()}
                assert TYPING in kinds

    anyio.run(run)


def test_everything_is_overheard(pair):
    async def run():
        async with pair() as hubs:
            found = []
            hubs.there.overhear(lambda about, news: found.append((about, news.kind)))
            hubs.here.publish("c7", News(MESSAGE))

            async def known():
                return ("c7", MESSAGE) in found

            await until(known)

    anyio.run(run)


def test_a_listener_is_told_to_look_again_when_redis_is_back():
    async def run():
        with redis_server() as server:
            async with Pair(RedisHub(server.url), RedisHub(server.url)) as hubs:
                with hubs.there.subscribe("c1") as one:
                    server.stop()

                    async def lost():
                        return await hubs.there.trouble() and await hubs.here.trouble()

                    await until(lost)
                    hubs.here.publish("c1", News(MESSAGE))  # reaches nobody elsewhere
                    server.start()
                    await until(hubs.connected)
                    await heard(one, MESSAGE)
                    hubs.here.publish("c1", News(TYPING, {"on": True}))
                    await heard(one, TYPING)

    anyio.run(run)


def test_while_redis_is_away_listeners_look_into_the_database_again_and_again():
    async def run():
        with redis_server() as server:
            async with Pair(RedisHub(server.url), RedisHub(server.url)) as hubs:
                server.stop()
                with hubs.there.subscribe("c1") as one:
                    await heard(one, MESSAGE)
                    await heard(one, MESSAGE)
                server.start()

    anyio.run(run)


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"from": "x"}', '{"from":"x","kind":"message"}'])
def test_what_is_no_news_is_left_alone(redis, said):
    async def run():
        async with Pair(RedisHub(redis.url), RedisHub(redis.url)) as hubs:
            with hubs.there.subscribe("c1") as one:
                await hubs.here._redis.publish("jawab:news", said)
                hubs.here.publish("c1", News(OWNER, {"owner": "bot"}))
                assert (await heard(one, OWNER)).data == {"owner": "bot"}

    anyio.run(run)
