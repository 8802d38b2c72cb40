"""How sure the figures of the tables are."""

import pytest

from benchmarks.intervals import bootstrap, paired


def test_a_share_lies_between_its_bounds():
    sure = bootstrap([True] * 70 + [False] * 30)
    assert sure.mean == 0.7
    assert sure.low < 0.7 < sure.high


def test_more_rows_are_surer():
    few, many = bootstrap([True, False] * 20), bootstrap([True, False] * 2000)
    assert many.high - many.low < (few.high - few.low) / 3


def test_all_right_leaves_no_doubt_to_resampling():
    assert str(bootstrap([True] * 10)) == "1.000 (1.000–1.000)"


def test_nothing_has_no_interval():
    with pytest.raises(ValueError, match="no rows"):
        bootstrap([])


def test_the_same_answers_differ_by_nothing():
    hits = [True, False, True]
    assert paired(hits, hits).mean == 0
    assert paired(hits, hits).high == 0


def test_a_difference_on_the_same_rows_is_surer_than_on_others():
    ours = [True] * 90 + [False] * 10
    others = [True] * 80 + [False] * 20
    gap = paired(ours, others)
    assert gap.mean == pytest.approx(0.1)
    assert 0 < gap.low < gap.high
