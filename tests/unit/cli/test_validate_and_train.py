"""`jawab validate`, `jawab train`, and the list of commands."""

from __future__ import annotations

import pytest

from jawab import training

from .small_project import ROOT, run


def test_knowledge_in_order_is_said_to_be(untrained):
    result = run(untrained, "validate")
    assert result.exit_code == 0
    assert "data/ " in result.stdout


def test_a_problem_is_printed_with_its_file_and_fails(untrained):
    file = untrained / "data/faq/returns.yml"
    file.write_text(file.read_text("utf-8").replace("{phone}", "{fax}"), "utf-8")
    result = run(untrained, "validate")
    assert result.exit_code == 1
    assert "returns.yml" in result.stdout
    assert "fax" in result.stdout
    assert "problems" in result.stderr


def test_a_problem_of_the_ticket_topics_is_printed_too(untrained):
    file = untrained / "data/dialogue/topics.yml"
    file.write_text(file.read_text("utf-8").replace("queue: express", "queue: fast"), "utf-8")
    result = run(untrained, "validate")
    assert result.exit_code == 1
    assert "topics.yml: 'express' has the unknown queue 'fast'" in result.stdout


def test_the_projects_own_data_can_be_used():
    assert run(ROOT, "validate").exit_code == 0


def test_training_is_skipped_while_nothing_has_changed(project, monkeypatch):
    monkeypatch.setattr(training, "train", lambda *_, **__: pytest.fail("trained again"))
    result = run(project, "train")
    assert result.exit_code == 0
    assert "is up to date" in result.stderr


def test_a_model_that_is_up_to_date_becomes_the_newest(project, monkeypatch):
    monkeypatch.setattr(training, "train", lambda *_, **__: pytest.fail("trained again"))
    newer = project / "models" / "20261122-by-hand.tar.gz"
    newer.touch()
    run(project, "train")
    archive = training.archive_for(project)
    assert archive.stat().st_mtime_ns >= newer.stat().st_mtime_ns
    newer.unlink()


@pytest.mark.parametrize(
    "arguments", [("train", "--force"), ("train",)], ids=["asked for", "changed"]
)
def test_it_trains_when_asked_or_when_something_has_changed(project, monkeypatch, arguments):
    trained = []

    def train(root, *, log):
        trained.append(log)
        return training.archive_for(root)

    monkeypatch.setattr(training, "train", train)
    if arguments == ("train",):
        monkeypatch.setattr(training, "up_to_date", lambda root: None)
    result = run(project, *arguments)
    assert result.exit_code == 0
    assert trained == [project / "var/log/train.log"]
    assert " trained in " in result.stderr


def test_nothing_is_trained_from_wrong_knowledge(untrained, monkeypatch):
    monkeypatch.setattr(training, "train", lambda *_, **__: pytest.fail("trained"))
    (untrained / "data/faq/returns.yml").write_text("questions: 3", "utf-8")
    result = run(untrained, "train")
    assert result.exit_code == 1
    assert "returns.yml" in result.stderr


def test_a_failed_training_tells_the_end_of_its_log(untrained, monkeypatch):
    def fails(root, *, log):
        raise training.TrainingFailed("the end of train.log: no space left")

    monkeypatch.setattr(training, "train", fails)
    result = run(untrained, "train")
    assert result.exit_code == 1
    assert "no space left" in result.stderr


def test_the_commands_are_listed_without_arguments(project):
    shown = run(project, "--help").stdout
    for command in ("ask", "chat", "evaluate", "benchmark-dataset", "validate", "train", "run"):
        assert command in shown
