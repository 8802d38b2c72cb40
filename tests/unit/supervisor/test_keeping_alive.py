"""What the supervisor runs is started again when it ends."""

from __future__ import annotations

import os
import re
import signal
import threading
from itertools import pairwise

from jawab import supervisor
from jawab.supervisor import (
    Service,
    keep_alive,
)

from .programs import DYING, PARENT, gone, start, wait_for


class Watch:
    """Runs keep_alive in a thread and remembers what it reports."""

    def __init__(self, running, root):
        self.reports: list[str] = []
        self.over = threading.Event()
        self.thread = threading.Thread(
            target=keep_alive,
            args=(running, root),
            kwargs={"stopping": self.over.is_set, "report": self.reports.append},
            daemon=True,
        )

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join(10)
        assert not self.thread.is_alive()


def test_a_killed_process_is_started_again_at_once(make, tmp_path):
    service = make.server("server")
    start([service], tmp_path)
    first = service.process.pid
    with Watch([service], tmp_path) as watch:
        os.kill(first, signal.SIGKILL)
        wait_for(service.ready)
    assert service.process.pid != first
    assert watch.reports == [f"server ended (exit -9); starting it again in 0 s, see {service.log}"]


def test_one_that_keeps_ending_waits_longer_each_time(make, tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE", 0.2)
    service = make("bad", DYING)
    service.start(tmp_path)
    with Watch([service], tmp_path) as watch:
        wait_for(lambda: len(watch.reports) >= 3)
    assert service.failures >= 3
    assert all("bad ended (exit 7)" in report for report in watch.reports)


def test_the_pauses_grow_up_to_the_longest(tmp_path, monkeypatch):
    """No process and no waiting here: the clock is the test's own."""
    clock = [1000.0]
    monkeypatch.setattr(supervisor.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(
        supervisor.time, "sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds)
    )
    service = Service("bad", [], "http://127.0.0.1:9/", tmp_path / "bad.log")
    starts = []

    class Ended:
        @staticmethod
        def poll():
            return 1

    def begin(self, root):
        starts.append(clock[0])
        self.started, self.process = clock[0], Ended()

    monkeypatch.setattr(Service, "start", begin)
    monkeypatch.setattr(Service, "send", lambda *_: None)
    service.start(tmp_path)
    reports = []
    keep_alive([service], tmp_path, stopping=lambda: len(reports) >= 8, report=reports.append)
    pauses = [int(re.search(r"in (\d+) s", report)[1]) for report in reports]
    assert pauses == [0, 1, 3, 7, 15, 30, 30, 30]
    waited = [round(later - earlier) for earlier, later in pairwise(starts)]
    assert waited == [0, 1, 3, 7, 15, 30, 30]


def test_after_a_steady_time_the_pauses_begin_anew(make, tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "STEADY_SECONDS", 0.0)
    service = make("bad", DYING)
    service.start(tmp_path)
    with Watch([service], tmp_path) as watch:
        wait_for(lambda: len(watch.reports) >= 3)
    assert all("again in 0 s" in report for report in watch.reports)


def test_one_that_ends_does_not_touch_the_others(make, tmp_path):
    good, bad = make.server("good"), make.server("bad")
    start([good, bad], tmp_path)
    pid = good.process.pid
    with Watch([good, bad], tmp_path):
        bad.process.kill()
        wait_for(lambda: bad.failures and bad.ready())
    assert good.process.pid == pid


def test_children_of_one_that_ended_do_not_live_on_beside_its_successor(make, tmp_path):
    service = make("parent", PARENT)
    service.start(tmp_path)
    child = int(wait_for(lambda: re.findall(r"child (\d+)\n", service.log.read_text()))[0])
    with Watch([service], tmp_path):
        service.process.kill()
        wait_for(lambda: gone(child))
        wait_for(lambda: len(re.findall(r"child (\d+)\n", service.log.read_text())) == 2)
