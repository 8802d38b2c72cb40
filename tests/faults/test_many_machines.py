"""Two desks, two Rasa servers, two action servers behind nginx, with PostgreSQL and Redis: half of them killed, a new model, no Redis."""

from __future__ import annotations

import signal
import threading
import time
from datetime import timedelta
from functools import partial

import httpx
import pytest

from jawab.settings import PROJECT
from jawab.support.agents.agent import NewAgent
from jawab.support.agents.store import AgentStore
from jawab.support.conversations.turn import TurnState
from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade
from jawab.understanding.archive import latest_archive

from ..postgres_server import postgres_server
from ..redis_server import redis_server
from ..unit.desk.colleague import PASSWORD
from ..unit.desk.running import eventually
from .ledger import check, deliveries_open, turns_open
from .machines import KINDS, machines
from .people import Agent, Door, Shopper, see_off
from .processes import kill, wait_until_up

PLANS = ("ask",) * 10 + ("form",) * 3 + ("file",) * 3 + ("call",) * 4
CALM_SECONDS = 240


@pytest.fixture
def database():
    with postgres_server() as url:
        database = Database(connect(url, patience=timedelta(seconds=30)))
        upgrade(database)
        database.url = url
        yield database
        database.close()


@pytest.fixture
def redis():
    with redis_server() as server:
        yield server


def test_half_of_everything_is_killed_under_load_and_nothing_is_lost(
    tmp_path, database, redis, clock, outside, draw, tally
):
    for login in ("sara", "ali"):
        AgentStore(database).add(NewAgent(login, login), PASSWORD, now=clock.now())
    chance = draw("killer")
    with machines(
        tmp_path, clock, database=database.url, redis=redis.url, **outside.settings
    ) as two_of_each:
        two_of_each.start()
        over, nobody_waits = threading.Event(), threading.Event()
        door = Door(two_of_each.url)
        shoppers = [
            Shopper(door, plan, number, draw(f"shopper {number}"), over.is_set)
            for number, plan in enumerate(PLANS)
        ]
        agents = [Agent(door, one, draw(one), nobody_waits.is_set) for one in ("sara", "ali")]
        for person in (*agents, *shoppers):
            person.start()

        talked = partial(_talked, shoppers)
        eventually(talked(40), within=CALM_SECONDS)
        killed = []
        for kind in chance.sample(KINDS, len(KINDS)):
            victim = chance.choice(two_of_each.ones[kind])
            time.sleep(chance.uniform(0, 2))
            kill(victim)
            killed.append(victim.name)
        eventually(talked(60), within=CALM_SECONDS)
        over.set()
        see_off(shoppers)
        nobody_waits.set()
        see_off(agents)
        two_of_each.wait_until_ready()
        eventually(lambda: turns_open(database) == 0, within=CALM_SECONDS)
        clock.forward(timedelta(minutes=3))  # what the killed desk had taken is due again
        eventually(lambda: deliveries_open(database) == 0, within=CALM_SECONDS)
        accepted = [shopper.accepted for shopper in shoppers]
        verdict = check(door, database, accepted, agents, outside)
        assert verdict.turns[TurnState.ANSWERED] > 10 * verdict.turns[TurnState.APOLOGISED]
        tally(f"two of each behind nginx, killed for good: {', '.join(killed)}")
        tally(str(verdict))


def test_a_new_model_takes_over_one_server_after_the_other_and_nobody_notices(
    tmp_path, database, redis, clock, outside, draw, tally
):
    model = tmp_path / "models" / "newer.tar.gz"
    model.parent.mkdir()
    model.symlink_to(latest_archive(PROJECT / "models"))
    with machines(
        tmp_path, clock, database=database.url, redis=redis.url, **outside.settings
    ) as two_of_each:
        two_of_each.start()
        over = threading.Event()
        door = Door(two_of_each.url)
        shoppers = [
            Shopper(door, "ask", number, draw(f"shopper {number}"), over.is_set)
            for number in range(8)
        ]
        for shopper in shoppers:
            shopper.start()
        talked = partial(_talked, shoppers)
        eventually(talked(20), within=CALM_SECONDS)
        for rasa in two_of_each.ones["rasa"]:
            # As Kubernetes and Docker do; what it has in hand it may finish.
            rasa.send(signal.SIGTERM)
            assert rasa.process.wait(CALM_SECONDS) is not None
            eventually(talked(20), within=CALM_SECONDS)
            rasa.command = [*rasa.command, "--model", str(model)]
            rasa.start(PROJECT)
            wait_until_up(rasa)
            status = httpx.get(rasa.ready_url, timeout=30, trust_env=False).json()
            assert status["model_file"] == model.name
            eventually(talked(20), within=CALM_SECONDS)
        over.set()
        see_off(shoppers)
        eventually(lambda: turns_open(database) == 0, within=CALM_SECONDS)
        verdict = check(door, database, [one.accepted for one in shoppers], [], outside)
        assert set(verdict.turns) == {TurnState.ANSWERED}
        tally(f"a new model in two Rasa servers, one after the other: {verdict}")


def test_without_redis_shoppers_are_answered_all_the_same(tmp_path, database, redis, clock, tally):
    with machines(tmp_path, clock, database=database.url, redis=redis.url) as two_of_each:
        two_of_each.start()
        door = Door(two_of_each.url)
        opened = door.insist("POST", "/api/v1/conversations", json={"shop": "souq"}).json()
        path = f"/api/v1/conversations/{opened['id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}

        def ask(number: int) -> list[dict]:
            body = {"client_id": f"c{number}", "text": "متى تفتحون خدمة العملاء؟"}
            answer = door.insist("POST", path, params={"wait": "true"}, json=body, headers=headers)
            return answer.json()["replies"]

        before = ask(1)
        redis.stop()
        during = ask(2)
        redis.start()
        two_of_each.wait_until_ready()
        after = ask(3)
        assert [r["text"] for r in before] == [r["text"] for r in during]
        assert [r["text"] for r in before] == [r["text"] for r in after]
        tally("Redis gone and back: answers all the while")


def _talked(shoppers, more: int):
    """Whether shoppers have had so many more messages accepted than now."""

    def said():
        return sum(len(one.accepted.messages) for one in shoppers if one.accepted)

    wanted = said() + more
    return lambda: said() >= wanted
