"""Fifty conversations while desk, Rasa and action server are killed at any moment and the way to Rasa is spoiled."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from jawab.support.agents.agent import NewAgent
from jawab.support.agents.store import AgentStore
from jawab.support.database import Database, connect
from jawab.support.migrate import upgrade

from ..unit.desk.colleague import PASSWORD
from ..unit.desk.running import Running, eventually
from .ledger import check, deliveries_open, turns_open
from .people import Agent, Door, Shopper, see_off
from .processes import Killer, kill, processes
from .proxy import FaultyDoor

PLANS = ("ask",) * 24 + ("file",) * 8 + ("form",) * 8 + ("call",) * 10
KILLS = {"desk": 30, "actions": 25, "rasa": 5}
FAULTS = 200
SPOILED = 0.25
STORM_SECONDS = 3000
CALM_SECONDS = 240


@pytest.fixture
def database(tmp_path):
    database = Database(connect(f"sqlite:///{tmp_path}/jawab.db", patience=timedelta(seconds=30)))
    upgrade(database)
    yield database
    database.close()


def test_killed_two_hundred_times_nothing_is_lost_and_nothing_doubled(
    tmp_path, database, clock, outside, draw, tally
):
    for login in ("sara", "ali"):
        AgentStore(database).add(NewAgent(login, login), PASSWORD, now=clock.now())
    way = FaultyDoor("", share=0.0, seed=draw("the way to Rasa"))
    with Running(way.app) as server:
        three = processes(tmp_path, clock, rasa_door=server.url, **outside.settings)
        way.lead_to(three.settings.rasa_url)
        try:
            three.start()
            three.wait_until_ready()
            over = threading.Event()
            door = Door(three.url)
            shoppers = [
                Shopper(door, plan, number, draw(f"shopper {number}"), over.is_set)
                for number, plan in enumerate(PLANS)
            ]
            nobody_waits = threading.Event()
            agents = [Agent(door, one, draw(one), nobody_waits.is_set) for one in ("sara", "ali")]
            for person in (*agents, *shoppers):
                person.start()
            way.share = SPOILED
            killers = [
                Killer(getattr(three, name), times=times, random=draw(name))
                for name, times in KILLS.items()
            ]
            for killer in killers:
                killer.start()
            killed = {k.service.name: k.finish(STORM_SECONDS) for k in killers}
            left = FAULTS - sum(killed.values())
            eventually(lambda: sum(way.faults.values()) >= left, within=STORM_SECONDS)
            way.share = 0.0
            over.set()
            see_off(shoppers)
            nobody_waits.set()
            see_off(agents)
            three.wait_until_ready()
            eventually(lambda: turns_open(database) == 0, within=CALM_SECONDS)
            clock.forward(timedelta(minutes=3))  # what a killed desk had taken is due again
            eventually(lambda: deliveries_open(database) == 0, within=CALM_SECONDS)
            accepted = [shopper.accepted for shopper in shoppers]
            verdict = check(door, database, accepted, agents, outside)
            faults = sum(killed.values()) + sum(way.faults.values())
            tally(f"{faults} faults survived: killed {killed}, on the way {dict(way.faults)}")
            tally(str(verdict))
            assert faults >= FAULTS
        finally:
            three.stop()


def test_readyz_names_what_was_killed_until_it_is_back(tmp_path, clock, outside, tally):
    three = processes(tmp_path, clock, **outside.settings)
    try:
        three.start()
        three.wait_until_ready()
        for name in ("actions", "rasa"):
            kill(getattr(three, name))
            eventually(lambda name=name: set(three.missing() or ()) == {name}, within=30)
            three.start(getattr(three, name))
            three.wait_until_ready()
        tally("readyz named actions and rasa while they were gone")
    finally:
        three.stop()
