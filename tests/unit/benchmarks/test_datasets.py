"""Data sets of others are read where they are; what is missing is said."""

import pytest

from benchmarks.datasets import ARBANKING, DATASETS, absence, folder


def test_the_environment_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("JAWAB_EVAL", str(tmp_path))
    assert folder() == tmp_path


def test_without_it_they_stand_beside_the_project(monkeypatch):
    monkeypatch.delenv("JAWAB_EVAL", raising=False)
    assert folder().parts[-2:] == ("shared", "eval")


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_a_missing_set_is_named_with_its_source_and_the_remedy(dataset, tmp_path):
    said = absence(dataset, within=tmp_path)
    assert said is not None
    for part in (dataset.name, dataset.train, dataset.source, "JAWAB_EVAL"):
        assert part in said


def test_a_whole_set_is_not_missing(tmp_path):
    for file in (ARBANKING.train, ARBANKING.dev, *ARBANKING.tests):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("متى\tx\n", "utf-8")
    assert absence(ARBANKING, within=tmp_path) is None


def test_only_the_missing_files_are_named(tmp_path):
    (tmp_path / "arbanking77").mkdir()
    (tmp_path / ARBANKING.train).write_text("متى\tx\n", "utf-8")
    assert ARBANKING.train not in (absence(ARBANKING, within=tmp_path) or "")
