"""`jawab run` as an owner runs it: what is killed under the supervisor comes back by itself, and nobody loses a word."""

from __future__ import annotations

import os
import signal
import threading
from datetime import timedelta

import httpx
import psutil

from jawab.support.database import Database, connect

from ..e2e.conftest import running_system
from ..unit.desk.running import eventually
from .ledger import check, deliveries_open, turns_open
from .people import Door, Shopper, see_off
from .processes import NO_FLOOD

PROGRAMS = {"desk": "jawab.desk.main", "rasa": "jawab.nlu.server", "actions": "actions"}
PLANS = ("ask",) * 6 + ("file",) * 2 + ("form",) * 2
# What is killed at the same moment, in an order drawn from the seed.
BLOWS = (
    *(("desk",), ("actions",)) * 3,
    ("rasa",),
    ("desk", "actions"),
    ("desk", "rasa", "actions"),
)
BACK_SECONDS = 240
CALM_SECONDS = 240


def child(system, name: str) -> psutil.Process | None:
    """The supervisor's child of this name."""
    for one in psutil.Process(system.process.pid).children():
        command = one.cmdline()
        if command[1:3] == ["-m", PROGRAMS[name]] and one.status() != psutil.STATUS_ZOMBIE:
            return one
    return None


def missing(system) -> set[str]:
    """What serves not: by /readyz, and the desk itself while it does not answer."""
    try:
        return set(httpx.get(f"{system.desk}/readyz", timeout=10).json()["missing"])
    except (httpx.HTTPError, ValueError):
        return {"desk"}


def test_the_supervisor_brings_back_whatever_is_killed(tmp_path, clock, outside, draw, tally):
    random = draw("blows")
    blows = random.sample(BLOWS, len(BLOWS))
    with running_system(tmp_path, clock, **NO_FLOOD, **outside.settings) as system:
        over = threading.Event()
        door = Door(system.desk)
        shoppers = [
            Shopper(door, plan, number, draw(f"shopper {number}"), over.is_set)
            for number, plan in enumerate(PLANS)
        ]
        for shopper in shoppers:
            shopper.start()
        for blow in blows:
            victims = {name: child(system, name) for name in blow}
            for victim in victims.values():
                os.killpg(victim.pid, signal.SIGKILL)
            eventually(lambda blow=blow: missing(system) & set(blow), within=30)
            eventually(lambda: missing(system) == set(), within=BACK_SECONDS)
            for name, victim in victims.items():
                assert child(system, name).pid != victim.pid
        over.set()
        see_off(shoppers)
        database = Database(connect(f"sqlite:///{tmp_path}/jawab.db", patience=timedelta(30)))
        eventually(lambda: turns_open(database) == 0, within=CALM_SECONDS)
        clock.forward(timedelta(minutes=3))
        eventually(lambda: deliveries_open(database) == 0, within=CALM_SECONDS)
        verdict = check(door, database, [one.accepted for one in shoppers], [], outside)
        database.close()
        tally(f"{sum(map(len, blows))} processes killed under the supervisor, all came back")
        tally(str(verdict))
