"""The parts of the simulation: cores that take turns, and processes that do one thing at a time (https://simpy.readthedocs.io)."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import simpy

# How long Linux lets a process run before another one waits no longer; in seconds.
QUANTUM = 0.003
_LEAST = 0.1

Steps = Generator[simpy.Event, Any, None]


def left_over(cores: int, others: float) -> tuple[int, float]:
    """Return how many cores are left where others keep some busy, and at what pace each of these runs.

    >>> left_over(2, 0.0), left_over(2, 1.5)
    ((2, 1.0), (1, 0.5))
    """
    left = max(_LEAST, cores - others)
    return math.ceil(left), left / math.ceil(left)


@dataclass(frozen=True)
class Machine:
    """Cores of one machine, in simulated time. All times are seconds."""

    env: simpy.Environment
    cores: simpy.Resource
    quantum: float
    pace: float

    @classmethod
    def of(cls, cores: int, *, others: float = 0.0, quantum: float = QUANTUM) -> Machine:
        """Return a machine at moment zero; others keep so many of its cores busy."""
        env = simpy.Environment()
        left, pace = left_over(cores, others)
        return cls(env, simpy.Resource(env, left), quantum, pace)

    def process(self) -> Process:
        """Start something that does one thing at a time: an event loop, or a thread."""
        return Process(self, simpy.Resource(self.env, 1))

    def runs(self, seconds: float) -> Steps:
        """Need a core for so long; who else needs one gets it in between."""
        left = seconds / self.pace
        while left > 0:
            with self.cores.request() as core:
                yield core
                part = min(left, self.quantum)
                yield self.env.timeout(part)
                left -= part


@dataclass(frozen=True)
class Process:
    """One loop or thread: what comes waits for what came before, then for a core."""

    machine: Machine
    busy: simpy.Resource

    def does(self, seconds: float) -> Steps:
        """Do something that takes so long on a core."""
        if seconds <= 0:
            return
        with self.busy.request() as turn:
            yield turn
            yield from self.machine.runs(seconds)


def stays(
    machine: Machine,
    serve: Callable[[], Steps],
    *,
    a_second: float,
    number: int,
    chance: random.Random,
) -> list[float]:
    """Return how long each of so many stayed who came at random, whatever happens to those before (Poisson arrivals)."""
    found: list[float] = []

    def stay() -> Steps:
        came = machine.env.now
        yield from serve()
        found.append(machine.env.now - came)

    def arrivals() -> Steps:
        for _ in range(number):
            yield machine.env.timeout(chance.expovariate(a_second))
            machine.env.process(stay())

    machine.env.process(arrivals())
    machine.env.run()
    return found
