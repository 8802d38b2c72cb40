"""A run that broke off goes on where it stopped, and never with another model's results."""

import pytest

from benchmarks.kept import Kept


@pytest.fixture
def said():
    return []


@pytest.fixture
def open_kept(tmp_path, said):
    def opened(of="model a", **options):
        return Kept(tmp_path / "deep" / "kept.json", of=of, say=said.append, **options)

    return opened


def refuse():
    raise AssertionError("measured a second time")


def test_what_is_kept_is_not_measured_again(open_kept, said):
    assert open_kept().once("ten", lambda: {"accuracy": 0.7}) == {"accuracy": 0.7}
    assert open_kept().once("ten", refuse) == {"accuracy": 0.7}
    assert [line.split(":")[0] for line in said] == ["ten", "ten"]
    assert "kept from" in said[1]


def test_what_broke_off_is_measured_and_the_rest_is_not(open_kept):
    open_kept().once("ten", lambda: 1)
    with pytest.raises(KeyboardInterrupt):
        open_kept().once("forty", _broken_off)
    assert open_kept().once("ten", refuse) == 1
    assert open_kept().once("forty", lambda: 2) == 2


def test_another_models_results_count_for_nothing(open_kept):
    open_kept().once("ten", lambda: 1)
    assert open_kept(of="model b").once("ten", lambda: 2) == 2
    assert open_kept().once("ten", lambda: 3) == 3


def test_all_of_it_can_be_measured_again(open_kept):
    open_kept().once("ten", lambda: 1)
    assert open_kept(again=True).once("ten", lambda: 2) == 2
    assert open_kept().once("ten", refuse) == 2


def test_a_spoiled_file_is_one_that_keeps_nothing(open_kept):
    kept = open_kept()
    kept.once("ten", lambda: 1)
    kept.file.write_text("{", "utf-8")
    assert open_kept().once("ten", lambda: 2) == 2


def test_fresh_and_kept_results_have_one_form(open_kept):
    fresh = open_kept().once("pair", lambda: (1, 2))
    assert fresh == open_kept().once("pair", refuse) == [1, 2]


def _broken_off():
    raise KeyboardInterrupt
