"""A backup of a desk that shoppers write to all the time, and the same conversations going on elsewhere."""

import os
import signal
import subprocess
import sys
import threading

import httpx
import pytest

from ..unit.desk import pictures
from ..unit.desk.running import UNLIMITED, Chat, eventually
from .conftest import ROOT, free_port
from .test_the_desk_as_a_process import Process

SHOPPERS = 6


def environment(var, rasa):
    return {
        "JAWAB_VAR": str(var),
        "JAWAB_PORT": str(free_port()),
        "JAWAB_RASA_URL": rasa.url,
        "JAWAB_ACTIONS_URL": f"http://127.0.0.1:{free_port()}",
        "JAWAB_RASA_TOKEN": "inside",
        **{f"JAWAB_{name.upper()}": rate for name, rate in UNLIMITED.items()},
    }


def jawab(settings, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "jawab.cli", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def start(tmp_path, rasa):
    """Start a desk in a folder of its own: `start("here")`."""
    started = []

    def begin(name):
        settings = environment(tmp_path / name, rasa)
        process = Process(settings, tmp_path / f"{name}.log")
        started.append(process)
        return process, settings

    yield begin
    for process in started:
        if process._process and process._process.poll() is None:
            process.end(signal.SIGKILL)


def test_conversations_go_on_elsewhere_from_the_moment_of_the_backup(start, rasa, tmp_path):
    here, settings = start("here")
    here.start(within=400)
    chats = [
        Chat(here, here.http.post("/api/v1/conversations", json={"shop": "souq"}).json())
        for _ in range(SHOPPERS)
    ]
    photo = {"file": ("kafsh.jpg", pictures.photo(), "image/jpeg")}
    base = f"{here.url}/api/v1/conversations/{chats[0].id}"
    uploaded = httpx.post(
        f"{base}/attachments", files=photo, headers=chats[0].headers, timeout=30
    ).json()["id"]
    chats[0].ask("عکس", attachments=[uploaded])
    accepted = {chat.id: [] for chat in chats}
    over = threading.Event()

    def write(chat):
        while not over.is_set():
            text = f"سؤال {len(accepted[chat.id])}"
            assert chat.send(text).status_code == 202
            accepted[chat.id].append(text)
            over.wait(0.1)

    shoppers = [threading.Thread(target=write, args=(chat,)) for chat in chats]
    for shopper in shoppers:
        shopper.start()
    try:
        eventually(lambda: all(accepted.values()), within=60)
        before = {id: list(texts) for id, texts in accepted.items()}
        jawab(settings, "backup", tmp_path / "b.tar.gz", "--with-secrets")
    finally:
        over.set()
        for shopper in shoppers:
            shopper.join()
    here.end(signal.SIGKILL)

    there, settings = start("there")
    alone = {**settings, "JAWAB_RASA_URL": f"http://127.0.0.1:{free_port()}"}
    jawab(alone, "restore", tmp_path / "b.tar.gz")
    there.start(within=400)
    for chat in (chat.at(there) for chat in chats):
        said = chat.said("shopper")
        if chat.id == chats[0].id:
            assert said.pop(0) == "عکس"
        assert said[: len(before[chat.id])] == before[chat.id]
        assert said == accepted[chat.id][: len(said)]
        eventually(lambda chat=chat: all_answered(chat), within=60)
        assert chat.ask("و حالا؟")[0]["text"] == "پاسخ: و حالا؟"
    (shown,) = [m for m in chats[0].at(there).messages() if m["attachments"]]
    link = shown["attachments"][0]["url"]
    assert there.http.get(link).content[:3] == b"\xff\xd8\xff"


def all_answered(chat):
    """Whether each message has its one answer, in order."""
    asked, answered = chat.said("shopper"), chat.said("bot")[1:]
    return answered == [f"پاسخ: {text}" for text in asked]
