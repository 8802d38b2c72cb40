"""`jawab backup` and `jawab restore`, as an owner types them."""

import socket

import pytest
from typer.testing import CliRunner

from jawab.cli import app
from jawab.settings import Settings
from jawab.support.database import Database, connect
from jawab.support.migrate import is_current, upgrade


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """An installation of its own, on ports on which nothing listens."""
    monkeypatch.setenv("JAWAB_VAR", str(tmp_path / "var"))
    with socket.socket() as one, socket.socket() as two, socket.socket() as three:
        names = ("JAWAB_PORT", "JAWAB_RASA_URL", "JAWAB_ACTIONS_URL")
        for name, free in zip(names, (one, two, three), strict=True):
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
            monkeypatch.setenv(
                name, str(port) if name == "JAWAB_PORT" else f"http://127.0.0.1:{port}"
            )
    return Settings()


@pytest.fixture
def database(settings):
    made = Database(connect(settings.database_url, patience=settings.database_patience))
    upgrade(made)
    yield made
    made.close()


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_it_is_written_and_put_back(settings, database, tmp_path):
    (settings.var / "secret.key").write_text("k" * 40)
    written = run("backup", tmp_path / "b.tar.gz", "--with-secrets")
    assert (written.exit_code, "database" in written.output) == (0, True), written.output
    database.close()
    again = run("restore", tmp_path / "b.tar.gz")
    assert (again.exit_code, "--overwrite" in again.output) == (1, True)
    back = run("restore", tmp_path / "b.tar.gz", "--overwrite")
    assert back.exit_code == 0, back.output
    assert "before-restore" in back.output
    assert is_current(database)
    assert (settings.var / "secret.key").read_text() == "k" * 40


def test_before_anything_was_kept_there_is_nothing_to_write(settings, tmp_path):
    settings.var.mkdir()
    result = run("backup", tmp_path / "b.tar.gz")
    assert (result.exit_code, "start jawab once" in result.output) == (1, True)
    assert not (tmp_path / "b.tar.gz").exists()


def test_nothing_is_put_back_under_a_running_system(settings, database, tmp_path):
    run("backup", tmp_path / "b.tar.gz")
    with socket.create_server(("127.0.0.1", settings.port)):
        result = run("restore", tmp_path / "b.tar.gz", "--overwrite")
    assert (result.exit_code, "stop Jawab first" in result.output) == (1, True)


@pytest.mark.parametrize("content", [None, b"", b"no backup at all"])
def test_what_is_no_backup_is_told_in_words(settings, tmp_path, content):
    if content is not None:
        (tmp_path / "b.tar.gz").write_bytes(content)
    result = run("restore", tmp_path / "b.tar.gz")
    assert result.exit_code == 1
    assert "b.tar.gz" in result.output
    assert isinstance(result.exception, SystemExit)


def test_a_folder_that_is_not_there_is_told_in_words(settings, database, tmp_path):
    result = run("backup", tmp_path / "nowhere" / "b.tar.gz")
    assert result.exit_code == 1
    assert "No such file" in result.output
    assert isinstance(result.exception, SystemExit)
