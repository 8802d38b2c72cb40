"""The tables and the page that a run leaves behind."""

import pytest

from benchmarks.page import PAGE, marks
from benchmarks.scale.__main__ import SECTIONS
from benchmarks.turns import report
from benchmarks.turns.models import COLD

TITLES = {"a": "Jawab", "b": "its Rasa", "c": "stock", "d": "lightest", "e": "with an action"}
RATES = {"a": 45.0, "b": 80.0, "c": 10.0, "d": 40.0, "e": 8.0}


def result(*, epochs=3):
    samples = [
        {
            "round": number, "system": key, "conversations": load, "turns": 100, "failures": 0,
            "a_second": rate + number, "p50": 1000 / rate, "p95": 2000 / rate, "p99": 3000 / rate,
            "processor": {"rasa": 900 / rate},
        }
        for number in range(2)
        for load in (1, 32)
        for key, rate in RATES.items()
    ]  # fmt: skip
    trained = {"when": "2027-01-02 10:00", "seconds": 30.0, "epochs": 0, "epoch_seconds": 0.0}
    return {
        "when": "2027-01-02 11:00",
        "minutes": 11.5,
        "machine": {"cores": 2, "processor": "a processor", "memory_gb": 24, "load_before": 0.1},
        "size": {"conversations": [1, 32], "seconds": 4, "rounds": 2},
        "systems": TITLES,
        "ready": {key: [20.0 if key in "ab" else 50.0] for key in TITLES},
        "training": {
            "b": trained, COLD: trained | {"seconds": 303.0}, "d": trained, "e": trained,
            "c": trained | {"seconds": 400.0, "epochs": epochs, "epoch_seconds": 100.0},
        },
        "accuracy": {
            key: {"in_scope": right, "out_of_scope": 0.8}
            for key, right in (("b", 0.96), ("c", 0.5), ("d", 0.8))
        },
        "memory": {key: {"rasa": 600.0 if key in "ab" else 1200.0} for key in TITLES},
        "samples": samples,
    }  # fmt: skip


def test_every_ratio_stands_beside_its_goal():
    told = report.tables(result())
    assert "| throughput, (b) : (c) | 7.7 (7.4–8.0) | ≥ 4, wanted 8 |" in told
    assert "| median time at 32, (b) : (c) | 0.12 | ≤ 1/4, wanted 1/6 |" in told
    assert "| memory of the Rasa process, (b) : (c) | 0.5 | ≤ 0.65 |" in told
    assert "| start to ready, (b) : (c) | 0.4 | ≤ 1/2 |" in told
    assert "| accuracy, (b) : (d) | 1.2 | clearly above 1 |" in told
    assert "| processor time a turn at 32, (b) : (c) | 0.12 | none set |" in told


def test_training_is_compared_from_nothing_and_with_kept_vectors_and_what_is_extrapolated_is_named():
    told = report.tables(result())
    assert (
        "| training, (b) from nothing : (c) all 100 epochs (extrapolated) | 0.03 | ≤ 1/20 |" in told
    )
    assert "| training, (b) with kept vectors : (c) its 3 epochs (measured) | 0.075 |" in told
    assert "| 30, from nothing 303 |" in told
    whole = report.tables(result(epochs=100))
    assert "| training, (b) from nothing : (c) all 100 epochs | 0.76 | ≤ 1/20 |" in whole
    assert "(measured)" not in whole


def test_what_the_load_generator_takes_of_the_cores_is_told_where_it_was_measured():
    assert "the load generator" not in report.tables(result())
    measured = result()
    for sample in measured["samples"]:
        sample |= {"generator": 0.7, "others": 0.04}
    assert "What is not measured kept 0.04 cores busy meanwhile." in report.tables(measured)
    assert "| (a) | the load generator |  | 0.7 |" in report.tables(measured)


@pytest.mark.parametrize(("epochs", "hint"), [(3, "follows from that"), (100, "")])
def test_extrapolated_training_is_told_as_such(epochs, hint):
    told = report.tables(result(epochs=epochs))
    assert ("10100 *" in told) == bool(hint)
    assert hint in told


def test_a_smoke_run_that_did_not_train_jawab_says_so():
    quick = result()
    del quick["training"]["b"], quick["training"][COLD]
    told = report.tables(quick)
    assert "| training, (b)" not in told
    assert "| not measured |" in told


def test_the_page_keeps_what_is_written_around_the_tables(tmp_path):
    page = tmp_path / report.PAGE
    begin, end = marks("turns")
    page.write_text(f"before\n{begin}\nstale\n{end}\nafter\n", "utf-8")
    report.publish(result(), tmp_path)
    once = page.read_text("utf-8")
    report.publish(result(), tmp_path)
    assert page.read_text("utf-8") == once
    assert once.startswith("before\n")
    assert once.endswith("\nafter\n")
    assert "stale" not in once
    plots = sorted(path.name for path in (tmp_path / "benchmarks").glob("*.svg"))
    assert plots == ["turns-throughput.svg", "turns-times.svg"]
    for plot in plots:
        assert f"(benchmarks/{plot})" in once
        assert "<svg" in (tmp_path / "benchmarks" / plot).read_text("utf-8")


def test_a_page_without_the_place_for_a_part_is_left_alone(tmp_path):
    page = tmp_path / report.PAGE
    page.write_text("before\n", "utf-8")
    with pytest.raises(ValueError, match="there is no <!-- turns: begin -->"):
        report.publish(result(), tmp_path)
    assert page.read_text("utf-8") == "before\n"


def test_the_projects_page_has_a_place_for_every_part():
    whole = PAGE.read_text("utf-8")
    for part in ("turns", *(f"scale {name}" for name in SECTIONS)):
        begin, end = marks(part)
        assert whole.index(begin) < whole.index(end)


def test_what_is_kept_is_read_as_it_was(tmp_path):
    file = tmp_path / "var" / "turns.json"
    report.keep(result(), file)
    assert report.read(file) == result()
