"""A turn's way through our processes, and the two kinds of load: shoppers who wait for their answers, and shoppers who just come."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.capacity.costs import GENERATOR, OPENING, Costs
from benchmarks.capacity.queues import Machine, Process, Steps, stays
from benchmarks.turns.script import TURNS

RASA, ACTIONS, DESK = "rasa", "actions", "desk"


@dataclass(frozen=True)
class Ran:
    """What a simulated run brought: milliseconds of each turn, and turns a second."""

    milliseconds: Sequence[float]
    a_second: float

    def percentile(self, which: float) -> float:
        """Return a percentile of the turns' times."""
        return float(np.percentile(self.milliseconds, which))


class System:
    """Our processes on one machine. Without a desk in ``costs`` shoppers speak to Rasa, as in (b) of `make bench`."""

    def __init__(
        self, costs: Costs, *, cores: int, chance: random.Random, others: float = 0.0
    ) -> None:
        self.costs = costs
        self.machine = Machine.of(cores, others=others)
        self._chance = chance
        self._at = np.linspace(0, 1, len(costs.spread))
        self._processes: dict[str, Process] = {
            name: self.machine.process() for name in costs.processor
        }

    def turn(self) -> Steps:
        """Bring a message from the shopper to its answer."""
        yield from self._does(GENERATOR, 0.5)
        yield from self._does(DESK, 0.5)
        fixed, varies = 1 - self.costs.varying, self._drawn()
        read = (self.costs.varying - self.costs.encoding) * varies
        yield from self._does(RASA, fixed / 2 + read)
        yield from self.machine.runs(self.costs.processor[RASA] * self.costs.encoding * varies)
        yield from self._does(ACTIONS, 1.0)
        yield from self._does(RASA, fixed / 2)
        yield from self._does(DESK, 0.5)
        if self.costs.waits:
            yield self.machine.env.timeout(self.costs.waits)
        yield from self._does(GENERATOR, 0.5)
        if self.costs.beside:
            self.machine.env.process(self.machine.runs(self.costs.beside))

    def opens(self) -> Steps:
        """Begin a conversation; Rasa's REST channel knows nothing of that."""
        yield from self._does(DESK, OPENING)

    def _does(self, name: str, share: float) -> Steps:
        if name in self._processes:
            yield from self._processes[name].does(self.costs.processor[name] * share)

    def _drawn(self) -> float:
        return float(np.interp(self._chance.random(), self._at, self.costs.spread))


def closed(
    costs: Costs,
    *,
    conversations: int,
    seconds: float,
    cores: int,
    chance: random.Random,
    others: float = 0.0,
) -> Ran:
    """Do as the load generator of `make bench` does: so many shoppers, each of whom speaks as soon as the last message is answered."""
    system = System(costs, cores=cores, chance=chance, others=others)
    env, found = system.machine.env, list[float]()

    def shopper() -> Steps:
        while env.now < seconds:
            yield from system.opens()
            for _ in range(TURNS):
                if env.now >= seconds and found:
                    return
                begun = env.now
                yield from system.turn()
                found.append(1000 * (env.now - begun))

    waited = [env.process(shopper()) for _ in range(conversations)]
    env.run(env.all_of(waited))
    return Ran(found, len(found) / env.now)


def came(costs: Costs, *, a_second: float, turns: int, cores: int, chance: random.Random) -> Ran:
    """Let so many turns come at random at this rate, whatever happens to those before."""
    system = System(costs, cores=cores, chance=chance)
    found = stays(system.machine, system.turn, a_second=a_second, number=turns, chance=chance)
    return Ran([1000 * each for each in found], len(found) / system.machine.env.now)
