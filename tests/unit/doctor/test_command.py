"""`jawab doctor` as it is called: every line in words, and an exit code for scripts."""

import json

import pytest
from typer.testing import CliRunner

from jawab.cli import app
from jawab.doctor import project


@pytest.fixture
def doctor(root, tmp_path, monkeypatch):
    values = {"ROOT": root, "VAR": tmp_path / "var", "PORT": "9"}
    for name, value in values.items():
        monkeypatch.setenv(f"JAWAB_{name}", str(value))
    monkeypatch.setenv("JAWAB_RASA_URL", "http://127.0.0.1:0")
    monkeypatch.setenv("JAWAB_ACTIONS_URL", "http://127.0.0.1:0")

    def called(*arguments):
        return CliRunner().invoke(app, ["doctor", "--offline", *arguments])

    return called


def test_an_installation_that_is_well_ends_with_nothing(doctor):
    result = doctor()
    assert result.exit_code == 0, result.output
    for about in ("python", "packages", "model", "database", "time zones", "mail", "channels"):
        assert about in result.output


def test_what_is_broken_is_told_with_its_remedy_and_the_exit_code(doctor, root):
    for model in (root / "models").iterdir():
        model.rename(model.with_name("jawab-000000000000.tar.gz"))
    result = doctor()
    assert result.exit_code == 1
    assert "was trained from other files" in result.output
    assert "→ jawab train" in result.output
    assert "1 of" in result.stderr


def test_programs_read_json(doctor, root):
    (root / "data/faq/returns.yml").write_text("- id: [", "utf-8")
    result = doctor("--json")
    assert result.exit_code == 1
    found = {each["about"]: each for each in json.loads(result.stdout)}
    assert found["data"]["level"] == "broken"
    assert "jawab validate" in found["data"]["mend"]
    assert found["python"]["level"] == "well"


def test_settings_that_cannot_be_are_told_first(doctor, monkeypatch):
    monkeypatch.setenv("JAWAB_PORT", "many")
    result = doctor()
    assert (result.exit_code, "JAWAB_PORT" in result.stderr) == (1, True)


def test_a_project_without_a_model_is_told(told, root):
    for model in (root / "models").iterdir():
        model.unlink()
    assert "there is none" in told(project.model(root))["broken", "model"]
