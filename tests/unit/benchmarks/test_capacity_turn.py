"""The model of a turn behaves as queues must, with figures that nobody measured."""

import random
from dataclasses import replace

import pytest

from benchmarks.capacity.costs import CALIBRATED, GENERATOR, NotMeasured, costs
from benchmarks.capacity.machine import bears, conversations_a_day, waited
from benchmarks.capacity.turn import came, closed
from benchmarks.turns.report import samples_of

from .made_up_run import PROCESSOR, run


def made_up(system="a", load=32, result=None):
    return costs(samples_of(result or run()), system, load, cores=2)


def ran(of, *, conversations, cores=2, seconds=20, others=0.0):
    return closed(
        of, conversations=conversations, seconds=seconds, cores=cores, others=others,
        chance=random.Random(3),
    )  # fmt: skip


@pytest.mark.parametrize("system", ["a", "b"])
def test_a_turn_alone_takes_what_it_was_measured_to_take(system):
    of = made_up(system, 1)
    found = ran(of, conversations=1, seconds=60)
    expected = sum(PROCESSOR[system].values()) + 2
    assert sum(found.milliseconds) / len(found.milliseconds) == pytest.approx(expected, rel=0.05)


def test_cores_that_are_all_busy_do_no_more_than_they_can():
    of = made_up("b")
    found = ran(of, conversations=32, cores=1)
    most = 1 / (of.computing + of.processor[GENERATOR])
    assert 0.9 * most < found.a_second <= most * 1.01


def test_a_loop_does_one_thing_at_a_time_whatever_cores_there_are():
    of = made_up("b")
    assert 0 < of.encoding < of.varying
    found = ran(of, conversations=32, cores=4)
    most = 1 / (of.processor["rasa"] * (1 - of.encoding))
    assert 0.9 * most < found.a_second <= most * 1.01


def test_who_waits_for_the_others_waits_longer_in_proportion_to_their_number():
    """Little's law: conversations at once = turns a second × time of a turn."""
    of = made_up("b")
    for conversations in (8, 64):
        found = ran(of, conversations=conversations, seconds=60)
        mean = sum(found.milliseconds) / len(found.milliseconds) / 1000
        assert found.a_second * mean == pytest.approx(conversations, rel=0.05)


def test_more_cores_help_until_one_process_has_most_to_do():
    of = made_up("a")
    rates = [ran(of, conversations=64, cores=cores).a_second for cores in (1, 2, 4, 16)]
    assert rates[1] > 1.8 * rates[0]
    assert rates[2] > rates[1]
    assert rates[3] == pytest.approx(rates[2], rel=0.1)
    assert rates[3] == pytest.approx(bears(of, 16), rel=0.1)


def test_what_others_take_of_the_cores_is_gone():
    of = made_up("a")
    alone, beside = (ran(of, conversations=16, others=others) for others in (0.0, 1.0))
    assert beside.a_second == pytest.approx(alone.a_second / 2, rel=0.1)


def test_shoppers_wait_longer_the_busier_the_machine_and_no_less_than_the_work_takes():
    times = list(waited(made_up("a"), 4))
    assert [each.p95 for each in times] == sorted(each.p95 for each in times)
    assert times[-1].p95 > 2 * times[0].p95
    assert all(each.p50 < each.p95 for each in times)


def test_those_who_come_at_random_are_all_served():
    found = came(made_up("a"), a_second=10, turns=500, cores=2, chance=random.Random(5))
    assert len(found.milliseconds) == 500
    assert found.a_second == pytest.approx(10, rel=0.1)


def test_twice_the_work_is_half_the_conversations():
    of = made_up("a")
    heavy = replace(of, processor={name: 2 * each for name, each in of.processor.items()})
    assert conversations_a_day(heavy, 4) == pytest.approx(conversations_a_day(of, 4) / 2)


def test_costs_between_the_two_measured_loads_lie_between_theirs():
    result = run()
    for sample in result["samples"]:
        if sample["conversations"] != 1:
            sample["processor"] = {
                name: each / 2 for name, each in PROCESSOR[sample["system"]].items()
            }
    found = [made_up("b", load, result).processor["actions"] for load in (1, 8, 32, 128)]
    assert found == pytest.approx([0.002, 0.0014, 0.001, 0.001])


def test_what_is_computed_after_the_answer_keeps_nobody_waiting_and_takes_a_core_all_the_same():
    result = run()
    for sample in result["samples"]:
        if sample["conversations"] == 1:
            sample["quantiles"] = [each / 2 for each in sample["quantiles"]]
    of = made_up("b", 1, result)
    assert of.beside > 0
    assert of.waits == 0
    assert of.computing == pytest.approx(0.022)
    found = ran(of, conversations=1, seconds=60)
    assert sum(found.milliseconds) / len(found.milliseconds) == pytest.approx(12, rel=0.1)


def test_without_a_run_with_one_conversation_there_is_no_model():
    samples = [each for each in samples_of(run()) if each.conversations != CALIBRATED[0]]
    with pytest.raises(NotMeasured, match="no run of \\(a\\) with one conversation"):
        costs(samples, "a", 8, cores=2)


def test_a_run_that_kept_no_quantiles_is_read_by_its_percentiles():
    result = run()
    for sample in result["samples"]:
        del sample["quantiles"], sample["generator"], sample["opened"]
    of = made_up("a", 8, result)
    assert 0 < of.varying < 1
    assert of.processor[GENERATOR] == 0
