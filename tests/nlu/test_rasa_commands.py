"""Rasa's own commands work in the checkout, and nothing of ours makes them warn."""

import os
import subprocess
import sys

import pytest

ENVIRONMENT = {
    **os.environ,
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


def rasa(*arguments, root, typed=""):
    return subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        cwd=root,
        env=ENVIRONMENT,
        input=typed,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def validated(root):
    return rasa("data", "validate", "--fail-on-warnings", root=root)


def test_the_data_is_valid_to_rasa(validated):
    assert validated.returncode == 0, validated.stderr[-2000:]


def test_validating_warns_of_nothing_of_ours(validated):
    lines = (validated.stdout + validated.stderr).splitlines()
    assert [line for line in lines if "UserWarning" in line or "WARNING" in line] == []


def test_the_nlu_shell_understands_in_three_languages(root):
    done = rasa(
        "shell",
        "nlu",
        root=root,
        typed="چطور کالا را مرجوع کنم؟\nأين طلبي؟\nwhere is my order?\n/stop\n",
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert '"faq_id": "returns_how"' in done.stdout
    assert done.stdout.count('"faq_id": "order_track"') == 2
