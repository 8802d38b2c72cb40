"""What docs/capacity.md counts on: how often a turn writes, asks Redis, and tells of itself; never more than is said there."""

from datetime import timedelta

import redis as client
from sqlalchemy import event

from benchmarks.capacity import sizes
from jawab.support.database import connect

from ...redis_server import redis_server
from .running import eventually

TURNS = 10


def test_a_turn_asks_redis_and_writes_no_more_often_than_the_tables_by_size_say(start_desk):
    with redis_server() as server:
        desk = start_desk(redis_url=server.url)
        eventually(lambda: desk.http.get("/readyz").json()["degraded"] == {})
        chat = desk.begin()
        chat.ask("سلام")
        redis, writes = client.from_url(server.url), []
        engine = desk.services.database.engine

        @event.listens_for(engine, "commit")
        def count(connection):
            if connection.get_execution_options().get("jawab_writes"):
                writes.append(connection)

        before = _calls(redis)
        for number in range(TURNS):
            assert chat.ask(f"پیام {number}")
        eventually(lambda: _since(before, redis, "publish") >= TURNS)
        assert TURNS <= _since(before, redis, "publish") <= TURNS * sizes.NEWS
        assert TURNS <= _since(before, redis, "evalsha", "eval") <= TURNS * sizes.COUNTS
        assert TURNS <= len(writes) <= TURNS * sizes.DESK_WRITES + 2  # a lease's, meanwhile
        redis.close()


def test_pools_are_no_larger_than_the_tables_by_size_say():
    engine = connect("postgresql+psycopg2://nobody@127.0.0.1/none", patience=timedelta(seconds=5))
    assert engine.pool.size() + engine.pool._max_overflow == sizes.DESK_CONNECTIONS
    assert sizes.ACTION_CONNECTIONS == sizes.DESK_CONNECTIONS


def _calls(redis):
    return {name: row["calls"] for name, row in redis.info("commandstats").items()}


def _since(before, redis, *names):
    now = _calls(redis)
    return sum(now.get(f"cmdstat_{n}", 0) - before.get(f"cmdstat_{n}", 0) for n in names)
