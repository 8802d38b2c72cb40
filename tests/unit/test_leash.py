"""A process on a leash ends with the one that started it."""

import signal
import subprocess
import sys

import pytest

RUN = """
import signal
from jawab.leash import on_leash
on_leash()
try:
    print("ready", flush=True)
    signal.pause()
finally:
    print("tidied", flush=True)
"""


@pytest.fixture
def process():
    with subprocess.Popen(
        [sys.executable, "-c", RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def test_it_ends_tidily_when_its_standard_input_is_closed(process):
    process.stdin.close()
    assert process.stdout.read() == "tidied\n"
    assert process.wait(30) == 143


def test_it_ends_tidily_when_it_is_told_to(process):
    process.send_signal(signal.SIGTERM)
    assert process.stdout.read() == "tidied\n"
    assert process.wait(30) == 143
