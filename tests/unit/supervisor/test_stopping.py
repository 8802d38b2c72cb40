"""The supervisor ends all that it began."""

from __future__ import annotations

import os
import re
import signal

import pytest

from jawab import supervisor
from jawab.supervisor import (
    Service,
    stop_all,
    stop_signals,
)

from .programs import DEAF, PARENT, gone, start, wait_for


def test_stopping_ends_all_in_the_order_from_the_desk_inwards(make, tmp_path, monkeypatch):
    running = [make.server(name) for name in ("rasa", "actions", "desk")]
    start(running, tmp_path)
    asked = []
    send = Service.send
    monkeypatch.setattr(
        Service,
        "send",
        lambda self, number: asked.append((self.name, number)) or send(self, number),
    )
    stop_all(running)
    assert [name for name, number in asked if number == signal.SIGTERM] == [
        "desk",
        "actions",
        "rasa",
    ]
    assert not any(service.running() for service in running)
    assert [service.process.returncode for service in running] == [-signal.SIGTERM] * 3


def test_stopping_ends_grandchildren_that_do_not_listen(make, tmp_path):
    service = make("parent", PARENT)
    service.start(tmp_path)
    child = int(wait_for(lambda: re.findall(r"child (\d+)\n", service.log.read_text()))[0])
    stop_all([service])
    assert gone(service.process.pid)
    wait_for(lambda: gone(child))


def test_one_that_does_not_listen_is_killed(make, tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.3)
    service = make("deaf", DEAF)
    service.start(tmp_path)
    wait_for(lambda: "deaf" in service.log.read_text())
    stop_all([service])
    assert service.process.returncode == -signal.SIGKILL


def test_stopping_what_never_started_or_has_ended_is_no_error(make, tmp_path):
    ended = make("ended", "")
    ended.start(tmp_path)
    ended.process.wait(10)
    stop_all([make("never", ""), ended])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_become_a_question_and_are_given_back(number):
    before = signal.getsignal(number)
    with stop_signals() as stopping:
        assert not stopping()
        os.kill(os.getpid(), number)
        wait_for(stopping)
    assert signal.getsignal(number) is before


def test_ctrl_c_reaches_a_process_through_the_supervisor_only(make, tmp_path):
    service = make.server("server")
    service.start(tmp_path)
    assert os.getpgid(service.process.pid) != os.getpgid(0)
