"""The desk as a process of its own: started as an owner starts it, and killed without a warning."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest

from ..unit.desk.running import Chat, eventually


class Process:
    """`python -m jawab.desk.main` with a client."""

    def __init__(self, environment, log):
        self._arguments = [sys.executable, "-m", "jawab.desk.main"]
        self._environment = {**os.environ, **environment}
        self._log = log
        self._process = None
        self.url = f"http://127.0.0.1:{environment['JAWAB_PORT']}"
        self.http = httpx.Client(base_url=self.url, timeout=15, trust_env=False)

    def start(self, within=40):
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._arguments, env=self._environment, stdout=log, stderr=log
            )
        eventually(self._alive, within=within)

    def _alive(self):
        assert self._process.poll() is None, self._log.read_text()
        try:
            return self.http.get("/healthz").status_code == 200
        except httpx.HTTPError:
            return False

    def end(self, how):
        self._process.send_signal(how)
        return self._process.wait(20)


@pytest.fixture
def process(tmp_path, rasa):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "JAWAB_VAR": str(tmp_path / "var"),
        "JAWAB_PORT": str(port),
        "JAWAB_RASA_URL": rasa.url,
        "JAWAB_ACTIONS_URL": rasa.url,
        "JAWAB_RASA_TOKEN": "inside",
        "JAWAB_FIRST_DELAY": "0.05",
        "JAWAB_ATTEMPTS": "9",  # each kill in mid-answer costs one
        "JAWAB_DELAY_FACTOR": "1",
    }
    process = Process(environment, tmp_path / "desk.log")
    yield process
    if process._process and process._process.poll() is None:
        process.end(signal.SIGKILL)


def begin(process):
    return Chat(process, process.http.post("/api/v1/conversations", json={"shop": "souq"}).json())


def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(process, rasa, tmp_path):
    process.start()
    chats = [begin(process) for _ in range(4)]
    accepted = {chat.id: [] for chat in chats}
    stop = threading.Event()

    def shop(chat):
        number = 0
        while not stop.is_set():
            number += 1
            text = f"راز-zx81 {number}"
            # As the page does: the same client_id until it is accepted.
            while not stop.is_set():
                try:
                    if chat.send(text, client_id=str(number)).status_code == 202:
                        accepted[chat.id].append(text)
                        break
                except httpx.HTTPError:
                    time.sleep(0.02)

    shoppers = [threading.Thread(target=shop, args=(chat,)) for chat in chats]
    for shopper in shoppers:
        shopper.start()
    for round_number in range(3):
        goal = sum(map(len, accepted.values())) + 20
        eventually(lambda goal=goal: sum(map(len, accepted.values())) >= goal)
        assert process.end(signal.SIGKILL) == -signal.SIGKILL
        if round_number % 2:
            rasa.then("lost", "empty", "lost")
        process.start()
    stop.set()
    for shopper in shoppers:
        shopper.join()
    for chat in chats:
        said = chat.said("shopper")
        assert set(accepted[chat.id]) <= set(said)
        assert len(said) == len(set(said))
        eventually(lambda chat=chat, said=said: len(chat.said("bot")) == 1 + len(said), within=60)
        assert chat.said("bot")[1:] == [f"پاسخ: {text}" for text in said]
    asked = [question["metadata"]["message_id"] for question in rasa.asked]
    answered_twice = len(asked) - len(set(asked))
    assert answered_twice <= 2 * 3 * len(chats)  # only where the bot had really not answered
    assert "zx81" not in (tmp_path / "desk.log").read_text()


def test_a_signal_to_end_is_obeyed_at_once_even_with_streams_open(process):
    process.start()
    chat = begin(process)
    with chat.events() as events:
        next(events)
        began = time.monotonic()
        assert process.end(signal.SIGTERM) in (0, -signal.SIGTERM)
        assert time.monotonic() - began < 10


def test_a_wrong_setting_stops_the_start_and_is_named(process):
    process._environment["JAWAB_PORT"] = "many"
    result = run(process)
    assert result.returncode == 1
    assert "JAWAB_PORT" in result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_data_stops_the_start_with_words_not_a_traceback(process, tmp_path):
    process._environment["JAWAB_ROOT"] = str(tmp_path)
    process._environment["JAWAB_DATABASE_URL"] = f"sqlite:///{tmp_path}/x.db"
    result = run(process)
    assert result.returncode == 1
    assert "data/shops" in result.stderr
    assert "Traceback" not in result.stderr


def run(process):
    """Start and wait for the end."""
    return subprocess.run(
        process._arguments, env=process._environment, capture_output=True, text=True, timeout=60
    )
