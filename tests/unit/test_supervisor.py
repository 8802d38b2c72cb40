"""The supervisor, with small programs in place of Rasa, the action server and the desk."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import threading
import time
from contextlib import closing
from itertools import pairwise

import psutil
import pytest

from jawab import supervisor
from jawab.settings import Settings
from jawab.supervisor import (
    PortTaken,
    Service,
    StartFailed,
    check_ports,
    keep_alive,
    services,
    start_all,
    stop_all,
    stop_signals,
)

# Answers 200 on its port; before that it waits as long as it is told.
SERVER = """
import http.server, sys, time
time.sleep(float(sys.argv[2]))
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
print("serving", flush=True)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
# Has a child that does not listen to SIGTERM and outlives it.
PARENT = """
import signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"],
    stdout=subprocess.PIPE)
child.stdout.readline()
print("child", child.pid, flush=True)
time.sleep(600)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
DYING = "import sys; print('cannot read config.yml'); print('مرحبا'); sys.exit(7)"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def never() -> bool:
    return False


def wait_for(condition, seconds: float = 10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    pytest.fail("the condition did not come true")


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.fixture
def make(tmp_path):
    """Make services; whatever is still alive at the end is ended."""
    made: list[Service] = []

    def service(name: str, program: str, *arguments: object, port: int | None = None) -> Service:
        port = port or free_port()
        command = [sys.executable, "-c", program, *map(str, arguments)]
        made.append(
            Service(
                name, command, f"http://127.0.0.1:{port}/health", tmp_path / "log" / f"{name}.log"
            )
        )
        return made[-1]

    def server(name: str, *, after: float = 0) -> Service:
        port = free_port()
        return service(name, SERVER, port, after, port=port)

    service.server = server
    yield service
    for one in made:
        one.send(signal.SIGKILL)


def start(running, root, progress=lambda *_: None, stopping=never):
    start_all(running, root, stopping=stopping, progress=progress)


# Starting


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


# Keeping alive


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


# Stopping


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


# Ports and files


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
