"""What docs/owner tells to type, typed: a clone in an empty folder with a HOME of its own, until the service answers and is stopped.

What takes an administrator (apt, adduser, systemctl) is not done; the service is started as its unit says, with no more of an
environment than systemd gives it.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

import httpx
import pytest

from jawab import training
from jawab.settings import PROJECT

from ..e2e.conftest import free_port
from ..unit.desk.running import eventually

PAGE = PROJECT / "docs/owner/fa/index.md"
UNIT = (PROJECT / "deploy/systemd/jawab.service").read_text("utf-8")
BLOCK = re.compile(r"^```\n(.*?)^```", re.M | re.S)
START_SECONDS = 400
# Done by an administrator, or by hand.
NOT_HERE = ("sudo", "exit", "nano")
OF_THE_WEB_SERVER = {"desk.example {", "reverse_proxy 127.0.0.1:8000", "}"}
PASSWORD = "a-long-password-of-hers"
ASKED = "چجوری جنسی که خریدم رو پس بدم"


def lines():
    """Each command of the page and each setting, in their order."""
    for block in BLOCK.findall(PAGE.read_text("utf-8")):
        for line in block.splitlines():
            yield re.sub(r"\s+#.*", "", line)


def of_unit(name):
    return re.findall(rf"^{name}=(.+)$", UNIT, re.M)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("srv") / "jawab"


@pytest.fixture(scope="module")
def environment(home):
    """A user without anything but what finds packages: caches and mirrors are the machine's."""
    real = Path.home()
    ways = re.compile(r"UV_|PIP_|SSL_|REQUESTS_|\w+_PROXY$", re.I)
    passed = {key: value for key, value in os.environ.items() if ways.match(key)}
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(real / ".cache")),
        "XDG_CONFIG_HOME": os.environ.get("XDG_CONFIG_HOME", str(real / ".config")),
        "PYENV_ROOT": os.environ.get("PYENV_ROOT", str(real / ".pyenv")),
        **passed,
    }


@pytest.fixture(scope="module")
def installed(home, environment):
    """The folder after everything up to the service has been typed; what each command printed."""
    home.mkdir()
    printed = {}
    for line in lines():
        if re.match(r"JAWAB_\w+=", line):
            with (home / ".env").open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
            (home / ".env").chmod(0o600)
        elif line.startswith(("git", "chmod", "make", ".venv/bin/jawab")):
            if line == "make train":  # minutes, and tested elsewhere
                fits = training.up_to_date(PROJECT) or training.train(
                    PROJECT, log=PROJECT / "var" / "log" / "train.log"
                )
                shutil.copy(fits, home / "models")
            printed[line] = typed(line, home, environment)
        else:
            assert line.startswith(NOT_HERE) or line.strip() in OF_THE_WEB_SERVER, line
    return printed


def typed(line, home, environment):
    """What a command prints, with Enter for each question and the password where one is asked for."""
    answers = f"{PASSWORD}\n{PASSWORD}\n" if "agent add" in line else "\n" * 40
    done = subprocess.run(
        shlex.split(line.replace("ADDRESS", str(PROJECT))),
        cwd=home,
        env=environment,
        input=answers,
        capture_output=True,
        text=True,
        timeout=600,
        start_new_session=True,  # without a terminal
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_every_step_does_what_the_page_says(installed, home):
    (asked,) = [line for line in installed if "ask" in line and "--shop" not in line]
    (own,) = [line for line in installed if line.endswith("--shop myshop")]
    assert "مرجوع" in installed[asked]
    assert "مرجوع" in installed[own]
    assert installed[own] != installed[asked]
    assert (home / "data/shops/myshop.yml").is_file()
    assert home.stat().st_mode & 0o077 == 0  # nobody else on the machine reads what shoppers write
    assert (home / ".env").stat().st_mode & 0o777 == 0o600


def test_the_unit_starts_a_service_that_answers_and_ends_when_told(installed, home):
    (command,) = of_unit("ExecStart")
    (folder,) = of_unit("WorkingDirectory")
    assert folder == "/srv/jawab"  # where the page has the project cloned to
    assert "--home /srv/jawab" in PAGE.read_text("utf-8")
    ports = {name: free_port() for name in ("desk", "rasa", "actions")}
    told = dict(each.split("=", 1) for each in of_unit("Environment"))
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
        "LANG": "C.UTF-8",
        **{name: value.replace(folder, str(home)) for name, value in told.items()},
        "JAWAB_PORT": str(ports["desk"]),
        "JAWAB_RASA_URL": f"http://127.0.0.1:{ports['rasa']}",
        "JAWAB_ACTIONS_URL": f"http://127.0.0.1:{ports['actions']}",
    }
    log = home.parent / "service.log"
    with log.open("wb") as output:
        service = subprocess.Popen(
            shlex.split(command.replace(folder, str(home))),
            cwd=home,
            env=environment,
            umask=int(of_unit("UMask")[0], 8),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    http = httpx.Client(base_url=f"http://127.0.0.1:{ports['desk']}", timeout=60, trust_env=False)

    def ready():
        assert service.poll() is None, log.read_text("utf-8", "replace")[-3000:]
        try:
            return http.get("/readyz").status_code == 200
        except httpx.HTTPError:
            return False

    try:
        eventually(ready, within=START_SECONDS)
        opened = http.post("/api/v1/conversations", json={"shop": "myshop"}).json()
        said = http.post(
            f"/api/v1/conversations/{opened['id']}/messages",
            params={"wait": "true"},
            json={"client_id": "c1", "text": ASKED},
            headers={"Authorization": f"Bearer {opened['token']}"},
        )
        assert "مرجوع" in said.json()["replies"][0]["text"]
        signed_in = http.post("/api/v1/agent/session", json={"login": "sara", "password": PASSWORD})
        assert signed_in.is_success, signed_in.text
    finally:
        service.send_signal(signal.SIGTERM)
        code = service.wait(int(of_unit("TimeoutStopSec")[0]))
    assert code == 0, log.read_text("utf-8", "replace")[-3000:]
    assert of_unit("KillMode") == ["mixed"]  # SIGTERM goes to this one process, as here
