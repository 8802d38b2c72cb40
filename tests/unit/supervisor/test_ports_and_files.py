"""Ports that are taken are named; endpoints, tokens and bytecode are where the processes look."""

from __future__ import annotations

import socket
import sys
from contextlib import closing

import pytest

from jawab.settings import Settings
from jawab.supervisor import (
    PortTaken,
    check_ports,
    services,
)

from .programs import free_port


@pytest.fixture
def ports():
    return {
        "JAWAB_PORT": free_port(),
        "JAWAB_RASA_URL": free_port(),
        "JAWAB_ACTIONS_URL": free_port(),
    }


def settings_of(ports, **more):
    return Settings(
        port=ports["JAWAB_PORT"],
        rasa_url=f"http://127.0.0.1:{ports['JAWAB_RASA_URL']}",
        actions_url=f"http://127.0.0.1:{ports['JAWAB_ACTIONS_URL']}",
        **more,
    )


def test_free_ports_are_no_problem(ports):
    check_ports(settings_of(ports))


@pytest.mark.parametrize("variable", ["JAWAB_PORT", "JAWAB_RASA_URL", "JAWAB_ACTIONS_URL"])
def test_a_taken_port_is_named_with_its_variable(ports, variable):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", ports[variable]))
        other.listen()
        with pytest.raises(PortTaken) as caught:
            check_ports(settings_of(ports))
    assert str(caught.value) == (
        f"port {ports[variable]} is in use; stop what listens there, or choose another with {variable}"
    )


def test_two_processes_on_one_port_are_noticed(ports):
    ports["JAWAB_ACTIONS_URL"] = ports["JAWAB_PORT"]
    with pytest.raises(PortTaken, match=r"JAWAB_PORT and JAWAB_ACTIONS_URL both name port"):
        check_ports(settings_of(ports))


def test_an_address_that_is_not_this_machines_is_not_called_in_use(ports):
    with pytest.raises(PortTaken, match=r"cannot be used at 192\.0\.2\.1 .* with JAWAB_PORT"):
        check_ports(settings_of(ports, host="192.0.2.1"))


ENDPOINTS = """\
action_endpoint:
  url: http://127.0.0.1:5055/webhook
tracker_store:
  type: SQL
  dialect: sqlite
  db: var/rasa-tracker.db
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "endpoints.yml").write_text(ENDPOINTS)
    return tmp_path


def endpoints_of(settings):
    rasa = services(settings)[0]
    return rasa.command[rasa.command.index("--endpoints") + 1]


def test_by_default_rasa_reads_the_projects_own_endpoints(project):
    assert endpoints_of(Settings(root=project)) == str(project / "endpoints.yml")


@pytest.mark.parametrize("url", ["http://127.0.0.1:6055", "http://127.0.0.1:6055/"])
def test_endpoints_are_adapted_to_another_port(project, url):
    copy = endpoints_of(Settings(root=project, actions_url=url))
    assert copy == str(project / "var" / "endpoints.yml")
    with open(copy) as file:
        assert file.read() == ENDPOINTS.replace(":5055", ":6055")


def test_endpoints_are_adapted_to_another_folder(project, tmp_path_factory):
    var = tmp_path_factory.mktemp("a var\\1")
    copy = endpoints_of(Settings(root=project, var=var))
    with open(copy) as file:
        assert f"db: {var}/rasa-tracker.db" in file.read()
    assert (project / "endpoints.yml").read_text() == ENDPOINTS


def test_the_projects_own_endpoints_have_the_form_that_is_adapted(tmp_path):
    adapted = endpoints_of(Settings(actions_url="http://127.0.0.1:6055", var=tmp_path))
    with open(adapted) as file:
        text = file.read()
    assert "url: http://127.0.0.1:6055/webhook" in text
    assert f"db: {tmp_path}/rasa-tracker.db" in text


def test_the_three_processes_share_one_token_and_send_nothing_home(project):
    running = services(Settings(root=project, rasa_url="http://127.0.0.1:5005/"))
    assert [service.name for service in running] == ["rasa", "actions", "desk"]
    tokens = {service.environment["JAWAB_RASA_TOKEN"] for service in running}
    assert len(tokens) == 1
    assert len(tokens.pop()) >= 32
    for service in running:
        assert service.environment["RASA_TELEMETRY_ENABLED"] == "false"
        assert service.environment["SANIC_HOST"] == "127.0.0.1"
        assert service.environment["JAWAB_ROOT"] == str(project)
        assert not any(service.environment["JAWAB_RASA_TOKEN"] in part for part in service.command)
    assert running[0].ready_url.startswith("http://127.0.0.1:5005/status?")


def test_a_token_of_the_owners_is_used(project):
    (rasa, *_) = services(Settings(root=project, rasa_token="owner-chosen-token"))
    assert rasa.environment["JAWAB_RASA_TOKEN"] == "owner-chosen-token"


def test_where_bytecode_is_forbidden_beside_the_sources_it_is_kept_under_var(project, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (project / "compiled.py").write_text("print('run')")
    for service in services(Settings(root=project)):
        service.command = [sys.executable, "-c", "import compiled"]
        service.start(project)
        assert service.process.wait(30) == 0
    kept = list((project / "var" / "bytecode").rglob("compiled.*.pyc"))
    assert len(kept) == 1


def test_where_bytecode_is_allowed_python_keeps_it_where_it_likes(project, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for service in services(Settings(root=project)):
        assert "PYTHONPYCACHEPREFIX" not in service.environment
