"""From runs of the load generator to percentiles, ratios and their spread."""

import pytest

from benchmarks.turns.figures import (
    Sample,
    Spread,
    medians,
    processor_times,
    saturation,
    shown,
    throughputs,
)
from benchmarks.turns.load import Heard


def sample(system: str, *, round: int, conversations: int, a_second: float, p50: float) -> Sample:
    return Sample(round, system, conversations, 100, 0, a_second, p50, p50, p50, {})


SAMPLES = [
    sample("b", round=0, conversations=1, a_second=50, p50=10),
    sample("b", round=0, conversations=8, a_second=90, p50=30),
    sample("b", round=1, conversations=1, a_second=55, p50=12),
    sample("b", round=1, conversations=8, a_second=80, p50=33),
    sample("c", round=0, conversations=1, a_second=15, p50=60),
    sample("c", round=0, conversations=8, a_second=14, p50=300),
    sample("c", round=1, conversations=1, a_second=10, p50=48),
    sample("c", round=1, conversations=8, a_second=16, p50=330),
]


def test_percentiles_and_processor_time_are_those_of_a_turn():
    heard = Heard(
        [float(ms) for ms in range(1, 101)], failures=2, opened=20, seconds=4.0, own_seconds=1.0
    )
    found = Sample.of(
        heard, round=0, system="b", conversations=8, processor={"rasa": 2.5}, everybody=5.5
    )
    assert (found.turns, found.failures, found.a_second) == (100, 2, 25.0)
    assert (found.p50, found.p95, found.p99) == (50.5, 95.05, 99.01)
    assert found.processor == {"rasa": 25.0}
    assert (found.generator, found.opened, found.others) == (10.0, 20, 0.5)
    assert (len(found.quantiles), found.quantiles[0], found.quantiles[-1]) == (21, 1.0, 100.0)


def test_a_system_that_answers_nothing_ends_the_run():
    with pytest.raises(RuntimeError, match="system e answered none of its 7 messages"):
        Sample.of(Heard([], failures=7), round=0, system="e", conversations=1, processor={})


def test_saturation_is_the_best_of_all_loads_in_each_round():
    assert saturation(SAMPLES, "b") == {0: 90, 1: 80}
    assert saturation(SAMPLES, "c") == {0: 15, 1: 16}


def test_ratios_are_taken_within_a_round():
    assert throughputs(SAMPLES, "b", "c") == Spread(5.5, 5.0, 6.0)
    assert medians(SAMPLES, "b", "c", 8) == Spread(0.1, 0.1, 0.1)


def test_processor_time_is_that_of_all_processes_together():
    each = {"b": {"rasa": 20.0, "actions": 4.0}, "c": {"rasa": 30.0}}
    samples = [Sample(0, key, 32, 100, 0, 1.0, 1.0, 1.0, 1.0, used) for key, used in each.items()]
    assert processor_times(samples, "b", "c", 32) == Spread(0.8, 0.8, 0.8)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0432, "0.043"), (0.5, "0.5"), (4.31, "4.3"), (43.1, "43"), (431.2, "431")],
)
def test_numbers_have_as_many_places_as_they_deserve(value, text):
    assert shown(value) == text
