"""The supervisor starts what it runs, and tells how that goes."""

from __future__ import annotations

import time

import pytest

from jawab.supervisor import (
    StartFailed,
    start_all,
)

from .programs import DYING, start, wait_for


def test_starting_waits_until_each_is_ready_and_tells_of_it(make, tmp_path):
    slow, quick = make.server("slow", after=0.6), make.server("quick")
    told = []
    start(
        [slow, quick],
        tmp_path,
        progress=lambda service, seconds: told.append((service.name, seconds)),
    )
    assert [name for name, _ in told] == ["quick", "slow"]
    assert told[1][1] >= 0.6
    assert slow.ready()
    assert quick.ready()


def test_a_process_runs_in_the_project_with_its_own_environment(make, tmp_path):
    service = make("env", "import os; print(os.getcwd(), os.environ['JAWAB_X'], flush=True)")
    service.environment = {"JAWAB_X": "ok"}
    service.start(tmp_path)
    assert wait_for(lambda: service.log.read_text().strip()) == f"{tmp_path} ok"


def test_one_that_dies_at_start_is_named_with_the_end_of_its_log(make, tmp_path):
    good, bad = make.server("good"), make("bad", DYING)
    with pytest.raises(StartFailed) as caught:
        start([good, bad], tmp_path)
    message = str(caught.value)
    assert "bad ended while starting" in message
    assert str(bad.log) in message
    assert "cannot read config.yml\nمرحبا" in message


def test_the_end_of_a_log_is_its_last_lines(make):
    service = make("long", "")
    service.log.parent.mkdir(parents=True)
    service.log.write_bytes(b"\xff\n" + b"".join(b"line %d\n" % n for n in range(100)))
    assert service.tail(3) == "line 97\nline 98\nline 99"


def test_one_that_never_gets_ready_is_named(make, tmp_path):
    idle = [make("idle", "import time; time.sleep(60)")]
    with pytest.raises(StartFailed, match=r"idle did not become ready; see .*idle\.log"):
        start_all(idle, tmp_path, stopping=bool, progress=lambda *_: None, patience=0.5)


def test_ctrl_c_while_starting_ends_the_wait(make, tmp_path):
    idle = make("idle", "import time; time.sleep(60)")
    begin = time.monotonic()
    start([idle], tmp_path, stopping=lambda: time.monotonic() > begin + 0.3)
    assert time.monotonic() - begin < 5


def test_the_log_of_an_earlier_run_is_kept(make, tmp_path):
    service = make("twice", "print('again')")
    for count in (1, 2):
        service.start(tmp_path)
        wait_for(lambda count=count: service.log.read_text().count("again") == count)
