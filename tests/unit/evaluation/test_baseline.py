import json

import pytest

from evaluation.baseline import BaselineError, baseline, compare, dump, key, outcome, read
from evaluation.boundaries import keep_all, load_boundaries
from jawab.understanding.decision import Outcome
from jawab.understanding.evaluation import measure


def made(rows):
    return baseline(measure(rows), keep_all(load_boundaries(), rows), rows)


def test_a_row_keeps_its_key_when_its_label_changes(judged):
    assert key(judged("سلام", "greet").row) == key(judged("سلام", "thanks").row)


def test_a_row_of_another_language_has_another_key(judged):
    assert key(judged("سلام", "greet").row) != key(judged("سلام", "greet", lang="ar").row)


def test_outcomes_say_what_was_done(judged):
    assert outcome(judged("الف", "greet")) == "right"
    assert outcome(judged("ب", "greet", taken_for="thanks")) == "answered thanks"
    assert outcome(judged("پ", "greet", outcome=Outcome.OFFERED)) == "offered"
    assert outcome(judged("ت", "greet", outcome=Outcome.NOT_UNDERSTOOD)) == "not_understood"


def test_a_change_shows_the_rows_it_won_and_lost(judged):
    before = [
        judged("الف", "greet"),
        judged("ب", "greet", taken_for="thanks"),
        judged("پ", "greet", taken_for="thanks"),
        judged("ت", "greet"),
        judged("کهنه", "greet"),
    ]
    after = [
        judged("الف", "greet", outcome=Outcome.OFFERED),
        judged("ب", "greet"),
        judged("پ", "greet", taken_for="goodbye"),
        judged("ت", "greet"),
        judged("نو", "greet"),
    ]
    found = compare(made(before), after)
    assert [c.judged.row.text for c in found.lost] == ["الف"]
    assert [c.judged.row.text for c in found.won] == ["ب"]
    assert [c.judged.row.text for c in found.moved] == ["پ"]
    assert (found.new, found.gone) == (1, 1)
    assert found.as_text().startswith("won 1 rows, lost 1 rows against the baseline")


def test_the_same_run_wins_and_loses_nothing(judged):
    rows = [judged("الف", "greet"), judged("ب", "greet", taken_for="thanks")]
    found = compare(made(rows), rows)
    assert found.as_text() == "won 0 rows, lost 0 rows against the baseline"


def test_the_order_of_the_rows_does_not_show_in_the_file(judged):
    rows = [judged(text, "greet") for text in ("الف", "ب", "پ")]
    assert dump(made(rows)) == dump(made(rows[::-1]))


def test_one_changed_row_is_one_changed_line_of_outcomes(judged):
    rows = [judged(text, "greet") for text in ("الف", "ب", "پ")]
    changed = [*rows[:2], judged("پ", "greet", taken_for="thanks")]
    one, other = (
        {line for line in dump(made(some)).splitlines() if key(rows[2].row) in line}
        for some in (rows, changed)
    )
    assert len(one) == len(other) == 1
    assert one != other


def test_the_file_is_read_as_it_was_written(judged, tmp_path):
    document = made([judged("الف", "greet"), judged("ب", "out_of_scope", lang="ar")])
    file = tmp_path / "baseline.json"
    file.write_text(dump(document), "utf-8")
    assert read(file) == json.loads(json.dumps(document))


def test_a_missing_baseline_is_none_and_a_broken_one_names_its_remedy(tmp_path):
    file = tmp_path / "baseline.json"
    assert read(file) is None
    file.write_text("{", "utf-8")
    with pytest.raises(BaselineError, match="--update-baseline"):
        read(file)


def test_the_committed_baseline_knows_every_row_of_the_development_set(root):
    document = read()
    assert document is not None, "run `python -m evaluation --update-baseline`"
    count = sum(
        len(file.read_text("utf-8").splitlines()) - 1
        for file in (root / "evaluation" / "dev").glob("*.tsv")
    )
    assert len(document["outcomes"]) == count
