"""Tables by size: everything grows with the conversations, and each limit is where it is said to be."""

import json

import pytest

from benchmarks.capacity.costs import NotMeasured
from benchmarks.capacity.limits import LIMITS, MOST, reached
from benchmarks.capacity.measured import ASSUMED_STREAMS, measured
from benchmarks.capacity.report import SIZES, by_size, whole
from benchmarks.capacity.sizes import BUSY, TURNS, Size

from .made_up_run import run


@pytest.fixture
def basis(tmp_path):
    return measured(run(), tmp_path)


def test_a_turns_rows_and_bytes_are_what_the_run_left(basis):
    assert (basis.messages, basis.events) == (2.2, 11.0)
    assert (basis.desk_bytes, basis.tracker_bytes) == (4_000, 8_000)
    size = Size(1_000, basis)
    assert size.rows == pytest.approx(1_000 * TURNS * 365 * 13.2)
    assert size.terabytes == pytest.approx(1_000 * TURNS * 365 * 12_000 / 1e12)


def test_ten_times_the_conversations_need_ten_times_as_much(basis):
    small, large = Size(1e6, basis), Size(1e7, basis)
    for name in ("turns", "cores", "writes", "commands", "streams", "rows", "terabytes"):
        assert getattr(large, name) == pytest.approx(10 * getattr(small, name)), name
    for name in ("desks", "rasas", "action_servers", "machines", "connections", "gigabytes"):
        assert getattr(large, name) == pytest.approx(10 * getattr(small, name), rel=0.05), name
    assert large.heard == pytest.approx(100 * small.heard, rel=0.05)


def test_no_process_is_busier_than_it_should_be(basis):
    for number in SIZES:
        size = Size(number, basis)
        assert size.turns * basis.rasa / size.rasas <= BUSY
        assert size.turns * basis.desk / size.desks <= BUSY
        assert size.streams / size.desks <= basis.streams_a_desk


def test_a_small_shop_runs_one_of_each_on_one_machine(basis):
    size = Size(100, basis)
    assert (size.desks, size.rasas, size.action_servers, size.machines) == (1, 1, 1, 1)
    assert size.heard == 0


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.part)
def test_a_limit_is_kept_below_and_broken_above(limit, basis):
    number = limit.reached(basis)
    assert 1 < number < MOST
    assert limit.need(Size(0.97 * number, basis)) < limit.most
    assert limit.need(Size(1.03 * number, basis)) >= limit.most


def test_the_first_to_break_comes_first_and_stands_in_the_row_of_its_size(basis):
    ahead = list(reached(basis))
    assert [number for number, _ in ahead] == sorted(number for number, _ in ahead)
    first = next(limit.part for number, limit in ahead if number > SIZES[0])
    row = next(row for row in by_size(basis, ahead).splitlines() if first in row)
    assert "nothing" not in row


def test_streams_are_measured_where_somebody_did_and_assumed_otherwise(tmp_path, basis):
    assert basis.streams_a_desk == ASSUMED_STREAMS
    rows = [{"streams": 10, "KB a stream": 300.0}, {"streams": 2000, "KB a stream": 41.5}]
    (tmp_path / "scale-streams.json").write_text(json.dumps(rows), "utf-8")
    found = measured(run(), tmp_path)
    assert (found.streams_a_desk, found.stream_kilobytes) == (2000, 41.5)


def test_a_run_that_counted_nothing_in_the_databases_is_no_basis(tmp_path):
    with pytest.raises(NotMeasured, match="run `make bench`"):
        measured(run(stored={}), tmp_path)


@pytest.mark.parametrize(
    ("value", "said"), [(0.0058, "0.0058"), (7, "7"), (12_345, "12,000"), (98.7, "99")]
)
def test_numbers_are_said_with_two_digits(value, said):
    assert whole(value) == said
