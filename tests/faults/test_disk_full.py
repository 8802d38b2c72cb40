"""A disk that is really full, a small one of the desk's own: what is refused is said, what was accepted is there, and room helps."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from PIL import Image

from ..e2e.conftest import free_port, rasa  # noqa: F401 a fixture
from ..e2e.test_the_desk_as_a_process import Process
from ..unit.desk.running import Chat, eventually
from .processes import NO_FLOOD, START_SECONDS

SIZE = "12m"
# A name space of its own, in which an ordinary user may mount.
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
MOUNTED = 'mount -t tmpfs -o size="$0" tmpfs "$1" && shift && exec "$@"'


class SmallDisk(Process):
    """A desk whose var folder is a disk of a few megabytes; `inside` is that folder as the desk sees it."""

    def __init__(self, var: Path, environment: dict[str, str], log: Path) -> None:
        super().__init__(environment, log)
        desk = [sys.executable, "-m", "jawab.desk.main"]
        self._arguments = [*ALONE, "sh", "-c", MOUNTED, SIZE, str(var), *desk]
        self._var = var

    @property
    def inside(self) -> Path:
        return Path(f"/proc/{self._process.pid}/root{self._var}")

    def fill(self, *, but: int = 0) -> Path:
        """Write a file until the disk is full, then make it shorter by so many bytes."""
        ballast = self.inside / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)
        with ballast.open("r+b") as file:
            file.truncate(max(ballast.stat().st_size - but, 0))
        return ballast


@pytest.fixture
def desk(tmp_path, rasa):  # noqa: F811 the fixture
    if subprocess.run([*ALONE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk of their own (unshare --user --mount)")
    var = tmp_path / "var"
    var.mkdir()
    settings = {
        "JAWAB_VAR": str(var),
        "JAWAB_PORT": str(free_port()),
        "JAWAB_RASA_URL": rasa.url,
        "JAWAB_ACTIONS_URL": rasa.url,
        "JAWAB_RASA_TOKEN": "inside",
        **NO_FLOOD,
    }
    process = SmallDisk(var, settings, tmp_path / "desk.log")
    try:
        process.start(within=START_SECONDS)
        yield process
    finally:
        process.end(signal.SIGKILL)


@pytest.fixture
def chat(desk):
    return Chat(desk, desk.http.post("/api/v1/conversations", json={"shop": "souq"}).json())


def photo(tmp_path: Path, name: str) -> bytes:
    """A photo that does not pack well: some 400 kB."""
    path = tmp_path / f"{name}.jpg"
    Image.effect_noise((900, 900), 120).save(path, quality=90)
    return path.read_bytes()


def upload(chat: Chat, content: bytes) -> httpx.Response:
    file = {"file": ("photo.jpg", content, "image/jpeg")}
    return chat.desk.http.post(f"{chat.path}/attachments", files=file, headers=chat.headers)


def kept(desk: SmallDisk) -> int:
    """How many files of shoppers are there, whole or in part."""
    return sum(path.is_file() for path in (desk.inside / "attachments").rglob("*"))


def test_files_that_find_no_room_are_refused_while_words_go_on(desk, chat, tmp_path, tally):
    assert upload(chat, photo(tmp_path, "first")).status_code == 201
    ballast = desk.fill(but=300_000)
    refused = upload(chat, photo(tmp_path, "second"))
    assert (refused.status_code, refused.json()["error"]["code"]) == (507, "storage_full")
    assert kept(desk) == 1
    assert desk.http.get("/readyz").json()["missing"] == {"database": "disk_full"}
    assert chat.ask("سؤال")[0]["text"] == "پاسخ: سؤال"
    ballast.unlink()
    assert upload(chat, photo(tmp_path, "third")).status_code == 201
    assert desk.http.get("/readyz").json()["missing"] == {}
    tally("disk full: the upload was refused, words were answered, nothing half kept")


def test_words_that_find_no_room_are_refused_and_accepted_when_there_is_some(desk, chat, tally):
    assert chat.ask("قبل")[0]["text"] == "پاسخ: قبل"
    ballast = desk.fill()
    accepted, refused = ["قبل"], None
    for number in range(200):  # what the disk still takes, it takes
        text = f"{number} " + "كلام " * 700
        answer = chat.send(text, client_id=str(number))
        if answer.status_code != 202:
            refused = answer
            break
        accepted.append(text.strip())
    assert refused is not None
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "unavailable")
    assert desk.http.get("/healthz").status_code == 200
    assert desk.http.get("/readyz").json()["missing"]["database"] == "disk_full"
    ballast.unlink()
    assert chat.send(text, client_id=str(number)).status_code == 202
    accepted.append(text.strip())
    assert [said.strip() for said in chat.said("shopper")] == accepted
    eventually(lambda: len(chat.said("bot")) == 1 + len(accepted), within=120)
    tally(f"disk full: {len(accepted)} messages accepted, 1 refused and sent again, 0 lost")
