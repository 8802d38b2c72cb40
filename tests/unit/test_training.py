"""Training in a process of its own; a small program stands in for `rasa train`."""

from __future__ import annotations

import gzip
import os
import sys

import pytest

from jawab import training
from jawab.settings import PROJECT
from jawab.training import SERVING, TrainingFailed, archive_for, fingerprint, train, up_to_date

FILES = {
    "config.yml": "pipeline: []",
    "domain.yml": "intents: []",
    "requirements.txt": "rasa",
    "data/faq/returns.yml": "a",
    "data/dialogue/acts.yml": "b",
    "data/dialogue/rules.yml": "c",
    "data/lexicon/finglish.yml": "d",
    "jawab/text/folding.py": "e",
    "jawab/knowledge/base.py": "f",
    "jawab/understanding/model.py": "g",
    "jawab/nlu/classifier.py": "h",
}
UNRELATED = {
    "README.md": "x",
    "jawab/desk/app.py": "x",
    "jawab/text/__pycache__/folding.cpython-310.pyc": "x",
    "endpoints.yml": "x",
    "var/jawab.db": "x",
}

# `python -m rasa train …` with this module first on the path: it writes what it was asked to write.
RASA = """\
import gzip, os, sys
assert sys.argv[2] == "--skip-validation"
arguments = dict(zip(sys.argv[3::2], sys.argv[4::2]))
path = os.path.join(arguments["--out"], arguments["--fixed-model-name"] + ".tar.gz")
print("args", sys.argv[1:], "telemetry", os.environ["RASA_TELEMETRY_ENABLED"], flush=True)
print("\\n".join(f"line {n}" for n in range(30)), flush=True)
mode = os.environ.get("FAKE_RASA", "good")
if mode != "nothing":
    with gzip.open(path, "wt") as out:
        out.write("half" if mode == "dies" else "whole" * 1000)
sys.exit(3 if mode == "dies" else 0)
"""


@pytest.fixture
def root(tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    (tmp_path / "rasa.py").write_text(RASA)
    return tmp_path


@pytest.fixture
def log(root):
    return root / "var" / "log" / "train.log"


@pytest.mark.parametrize("file", FILES)
def test_the_fingerprint_changes_with_everything_a_model_depends_on(root, file):
    before = fingerprint(root)
    (root / file).write_text("changed")
    assert fingerprint(root) != before


@pytest.mark.parametrize("file", UNRELATED)
def test_the_fingerprint_ignores_what_no_model_depends_on(root, file):
    before = fingerprint(root)
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(UNRELATED[file])
    assert fingerprint(root) == before


@pytest.mark.parametrize("file", sorted(SERVING))
def test_what_only_serves_a_model_leaves_it_as_good_as_it_was(root, file):
    before = fingerprint(root)
    (root / file).write_text("changed")
    assert fingerprint(root) == before


def test_nothing_of_the_pipeline_is_taken_for_serving():
    pipeline = (PROJECT / "config.yml").read_text("utf-8")
    for file in SERVING:
        assert (PROJECT / file).is_file()
        assert file.removesuffix(".py").replace("/", ".") not in pipeline


def test_a_new_question_file_changes_the_fingerprint(root):
    before = fingerprint(root)
    (root / "data/faq/new.yml").write_text("")
    assert fingerprint(root) != before


def test_a_renamed_file_changes_the_fingerprint(root):
    before = fingerprint(root)
    (root / "data/faq/returns.yml").rename(root / "data/faq/other.yml")
    assert fingerprint(root) != before


def test_the_fingerprint_is_the_same_in_another_folder(root, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere")
    for name, content in FILES.items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text(content)
    assert fingerprint(other) == fingerprint(root)


def test_training_leaves_the_model_where_it_belongs(root, log):
    assert up_to_date(root) is None
    archive = train(root, log=log)
    assert archive == archive_for(root) == up_to_date(root)
    assert gzip.decompress(archive.read_bytes()) == b"whole" * 1000
    assert b"whole" * 1000 in archive.read_bytes()  # stored as it is: a start has nothing to unpack
    assert [path.name for path in (root / "models").iterdir()] == [archive.name]


def test_rasa_is_asked_to_train_without_telemetry(root, log):
    train(root, log=log)
    said = log.read_text()
    assert "'train', '--skip-validation', '--out'" in said
    assert "telemetry false" in said


def test_a_change_makes_the_model_out_of_date_and_the_next_replaces_it(root, log):
    first = train(root, log=log)
    by_hand = root / "models" / "20261122-by-hand.tar.gz"
    by_hand.touch()
    (root / "data/faq/returns.yml").write_text("changed")
    assert up_to_date(root) is None
    second = train(root, log=log)
    assert not first.exists()
    assert second.exists()
    assert by_hand.exists()


@pytest.mark.parametrize("mode", ["dies", "nothing"])
def test_a_failed_training_tells_the_end_of_its_log_and_leaves_no_half_model(
    root, log, mode, monkeypatch
):
    before = train(root, log=log)
    (root / "config.yml").write_text("changed")
    monkeypatch.setenv("FAKE_RASA", mode)
    with pytest.raises(TrainingFailed) as caught:
        train(root, log=log)
    assert "line 29" in str(caught.value)
    assert "line 5\n" not in str(caught.value)
    assert str(log) in str(caught.value)
    assert list((root / "models").iterdir()) == [before]
    assert up_to_date(root) is None


def test_an_interrupted_training_leaves_no_half_model(root, log, monkeypatch):
    def interrupted(command, **_):
        half = os.path.join(command[command.index("--out") + 1], archive_for(root).name)
        with open(half, "w") as out:
            out.write("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(training.subprocess, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        train(root, log=log)
    assert up_to_date(root) is None
    assert list((root / "models").iterdir()) == []


def test_the_same_python_trains(root, log, monkeypatch):
    used = []
    real = training.subprocess.run
    monkeypatch.setattr(
        training.subprocess,
        "run",
        lambda command, **more: used.append(command) or real(command, **more),
    )
    train(root, log=log)
    assert used[0][0] == sys.executable
