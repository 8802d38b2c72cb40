"""The simulation's parts meet the closed formulas of queues.

Seeds are fixed, so the same numbers come each time; the bounds are three standard errors of a mean over so many who come.
"""

import random

import pytest

from benchmarks.capacity.queues import Machine, stays

NUMBER = 60_000
# Seconds; with the cores' time given out for this long, whoever came first is served to the end.
WHOLE = 1e9
SERVICE = 0.02


def mean_stay(*, busy, cores=1, quantum=WHOLE, one_at_a_time=True, drawn=False, number=NUMBER):
    """Mean time from coming to going at this share of what the machine can do."""
    chance = random.Random(11)
    machine = Machine.of(cores, quantum=quantum)
    process = machine.process()
    does = process.does if one_at_a_time else machine.runs
    found = stays(
        machine,
        lambda: does(chance.expovariate(1 / SERVICE) if drawn else SERVICE),
        a_second=busy * cores / SERVICE,
        number=number,
        chance=chance,
    )
    return sum(found) / len(found)


@pytest.mark.parametrize("busy", [0.3, 0.6, 0.75])
def test_a_process_with_work_of_any_length_is_an_m_m_1_queue(busy):
    assert mean_stay(busy=busy, drawn=True) == pytest.approx(SERVICE / (1 - busy), rel=0.08)


@pytest.mark.parametrize("busy", [0.3, 0.6, 0.75])
def test_a_process_with_work_of_one_length_is_an_m_d_1_queue(busy):
    expected = SERVICE * (1 + busy / (2 * (1 - busy)))
    assert mean_stay(busy=busy) == pytest.approx(expected, rel=0.05)


def test_two_cores_are_an_m_m_2_queue():
    busy = 0.6
    expected = SERVICE / (1 - busy**2)
    found = mean_stay(busy=busy, cores=2, one_at_a_time=False, drawn=True)
    assert found == pytest.approx(expected, rel=0.05)


def test_a_core_that_is_shared_serves_all_alike_whatever_their_work_is_like():
    """M/G/1 with processor sharing: the mean depends on the mean of the work alone."""
    busy = 0.6
    expected = SERVICE / (1 - busy)
    for drawn in (False, True):
        found = mean_stay(
            busy=busy, quantum=SERVICE / 8, one_at_a_time=False, drawn=drawn, number=20_000
        )
        assert found == pytest.approx(expected, rel=0.08)


@pytest.mark.parametrize(
    ("others", "at_once", "seconds"), [(0, 2, 0.5), (1, 1, 0.5), (1, 2, 1.0), (1.5, 1, 1.0)]
)
def test_what_others_take_of_the_cores_is_missing(others, at_once, seconds):
    machine = Machine.of(2, others=others)
    for _ in range(at_once):
        machine.env.process(machine.runs(0.5))
    machine.env.run()
    assert machine.env.now == pytest.approx(seconds, rel=0.01)
