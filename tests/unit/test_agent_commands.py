"""`jawab agent …`, against a database of its own."""

import pytest
from typer.testing import CliRunner

from jawab.agent_commands import app, nobody_can_sign_in
from jawab.settings import Settings
from jawab.support.agents.agent import Role
from jawab.support.agents.store import AgentStore
from jawab.support.database import Database, connect
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

PASSWORD = "صندلی-سبز-پنجره"


@pytest.fixture(autouse=True)
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("JAWAB_VAR", str(tmp_path))
    return Settings()


def run(*arguments, password=None):
    return CliRunner().invoke(app, arguments, input=password and f"{password}\n")


def add(login="sara", *more, password=PASSWORD):
    return run("add", login, "--name", "سارا", *more, "--password-stdin", password=password)


def agents(settings):
    return AgentStore(Database(connect(settings.database_url, patience=settings.database_patience)))


def test_the_first_agent_is_made_before_the_desk_ever_ran(settings):
    assert nobody_can_sign_in(settings)
    result = add()
    assert result.exit_code == 0
    assert "/desk" in result.output
    assert PASSWORD not in result.output
    assert not nobody_can_sign_in(settings)
    assert agents(settings).sign_in("sara", PASSWORD).role is Role.AGENT


def test_an_agents_limits_are_kept_and_listed(settings):
    add("nour", "--role", "lead", "--shop", "souq", "--queue", "sellers", "--lang", "ar")
    (nour,) = agents(settings).everybody()
    assert (nour.role, nour.shops, nour.queues, nour.languages) == (
        Role.LEAD,
        ("souq",),
        (Queue.SELLERS,),
        (Lang.AR,),
    )
    listed = run("list").output
    for word in ("nour", "lead", "souq", "sellers", "ar"):
        assert word in listed


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (("--shop", "nowhere"), "souq"),
        (("--role", "king"), "owner"),
        (("--queue", "x"), "complaints"),
        (("--lang", "de"), "fa"),
    ],
)
def test_a_choice_that_is_none_is_told_with_those_that_are(settings, more, named):
    result = add("sara", *more)
    assert result.exit_code == 1
    assert named in result.stderr
    assert nobody_can_sign_in(settings)


def test_a_weak_password_and_a_taken_login_are_told(settings):
    assert "characters" in add(password="12345").stderr
    add()
    again = add("SARA")
    assert (again.exit_code, "already" in again.stderr) == (1, True)


def test_the_password_is_asked_for_twice_and_not_shown(settings):
    result = CliRunner().invoke(
        app, ["add", "sara", "--name", "سارا"], input=f"{PASSWORD}\n{PASSWORD}\n"
    )
    assert result.exit_code == 0
    assert PASSWORD not in result.output


def test_another_password_and_the_way_out_and_in(settings):
    add()
    other = "یک-گذرواژه-دیگر"
    assert run("password", "sara", "--password-stdin", password=other).exit_code == 0
    assert agents(settings).sign_in("sara", PASSWORD) is None
    run("disable", "sara")
    assert agents(settings).sign_in("sara", other) is None
    assert "disabled" in run("list").output
    run("enable", "sara")
    assert agents(settings).sign_in("sara", other) is not None


@pytest.mark.parametrize("command", ["password", "disable", "enable"])
def test_an_unknown_agent_is_told(settings, command):
    result = run(command, "nobody", *(["--password-stdin"] if command == "password" else []))
    assert result.exit_code == 1
    assert "no agent nobody" in result.stderr
