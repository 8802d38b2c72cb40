"""docs/capacity.md is renewed by one command, between its marks."""

import json
import shutil

import pytest

from benchmarks.capacity.__main__ import PARTS, main, publish, rendered
from benchmarks.capacity.agreement import mean_error, points
from benchmarks.page import marks
from jawab.settings import PROJECT

from .made_up_run import LOADS, run

PAGE = PROJECT / "docs" / "capacity.md"


def test_every_load_is_simulated_beside_what_was_measured_and_what_is_foretold_is_named():
    found = list(points(run(), runs=1))
    assert len(found) == 2 * 3 * len(LOADS)
    assert {point.conversations for point in found if point.foretold} == {8, 128}
    assert all(point.simulated > 0 for point in found)
    # The figures are made up, but of one kind: cores shared by what each process needs.
    assert mean_error([point for point in found if point.figure == "turns a second"]) < 15


def test_the_page_keeps_what_is_written_around_its_tables(tmp_path):
    shutil.copy(PAGE, tmp_path / PAGE.name)
    (tmp_path / "benchmarks").mkdir()
    written, drawn = rendered(run(), tmp_path, runs=1, arrived=300)
    page = publish(written, drawn, tmp_path)
    once = page.read_text("utf-8")
    publish(written, drawn, tmp_path)
    assert page.read_text("utf-8") == once
    assert "Run of 2027-01-02 11:00" in once
    assert "assumed: not measured yet" in once
    assert all(text in once for text in written.values())
    for name, plot in drawn.items():
        assert f"(benchmarks/{name})" in once
        assert plot == (tmp_path / "benchmarks" / name).read_text("utf-8")
        assert "<svg" in plot
    assert once.split("<!-- capacity")[0] == PAGE.read_text("utf-8").split("<!-- capacity")[0]


def test_the_projects_page_has_a_place_for_every_part():
    whole = PAGE.read_text("utf-8")
    for part in PARTS:
        begin, end = marks(f"capacity {part}")
        assert whole.index(begin) < whole.index(end)


def test_without_a_run_the_command_says_what_to_do(tmp_path):
    with pytest.raises(SystemExit, match="run `make bench`"):
        main(figures=tmp_path / "turns.json", only_print=True)
    old = run()
    del old["stored"]
    (tmp_path / "turns.json").write_text(json.dumps(old), "utf-8")
    with pytest.raises(SystemExit, match="did not count what it left"):
        main(figures=tmp_path / "turns.json", only_print=True)
