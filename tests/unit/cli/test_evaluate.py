"""`jawab evaluate` and `jawab benchmark-dataset`."""

from __future__ import annotations

import pytest

from .small_project import CONFIG, as_json, run


def test_evaluating_prints_json_for_programs_and_tables_for_people(project, rows):
    found = as_json(run(project, "evaluate", str(rows), "--json"))
    assert (found["rows"], found["in_scope"]["accuracy"]) == (2, 1.0)
    assert "fa/formal" in run(project, "evaluate", str(rows)).stdout


def test_several_files_are_one_evaluation(project, rows):
    assert as_json(run(project, "evaluate", str(rows), str(rows), "--json"))["rows"] == 4


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param(None, "cannot be read", id="no file"),
        pytest.param("text\tintent\n", "the first line must be", id="another header"),
        pytest.param(
            "text\tintent\tlang\tvariety\nx\tgone\tfa\tformal\n", ":2: 'gone'", id="an unknown id"
        ),
    ],
)
def test_a_wrong_file_of_rows_is_named(project, tmp_path, content, complaint):
    file = tmp_path / "wrong.tsv"
    if content is not None:
        file.write_text(content, "utf-8")
    result = run(project, "evaluate", str(file), "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert complaint in result.stderr


def test_a_benchmark_needs_no_model_and_prints_json(untrained, dataset):
    arguments = ("benchmark-dataset", str(dataset), str(dataset), "--lang", "ar")
    found = as_json(run(untrained, *arguments, "--json"))
    assert (found["train_rows"], found["labels"]) == (4, 2)
    assert list(found["tests"]) == [str(dataset)]
    assert "4 rows, 2 labels" in run(untrained, *arguments).stdout


@pytest.mark.parametrize(
    ("options", "config", "complaint"),
    [
        pytest.param(["--lang", "de"], CONFIG, "choose fa, ar or en", id="language"),
        pytest.param(["--lang", "ar"], "pipeline: []", "the pipeline needs", id="pipeline"),
        pytest.param(["--lang", "ar"], "", "must be a list of components", id="empty config"),
        pytest.param(["--lang", "ar"], None, "cannot be read", id="no config"),
    ],
)
def test_a_benchmark_that_cannot_be_run_says_why(untrained, dataset, options, config, complaint):
    if config is None:
        (untrained / "config.yml").unlink()
    else:
        (untrained / "config.yml").write_text(config, "utf-8")
    result = run(untrained, "benchmark-dataset", str(dataset), str(dataset), *options)
    assert result.exit_code == 1
    assert complaint in result.stderr
