"""What the doctor says of a machine that is not as it should be."""

from datetime import datetime, timedelta, timezone

import pytest

from jawab.doctor import machine
from jawab.doctor.finding import looked

NOW = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)


def test_another_python_is_told_with_the_right_one(told):
    assert "3.10" in told(machine.python((3, 12)))["broken", "python"]
    assert ("well", "python") in told(machine.python((3, 10)))


def test_packages_of_other_versions_are_named(told, tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text("pytest==0.0.1 \\\n    --hash=sha256:00\nno-such-thing==1.0 \\\n", "utf-8")
    found = told(machine.packages(lock))["broken", "packages"]
    assert "(wanted 0.0.1)" in found
    assert "no-such-thing missing (wanted 1.0)" in found
    assert "make setup" in found


@pytest.mark.parametrize(
    ("free", "level"), [(10_000_000, "broken"), (2_000_000_000, "warning"), (10**12, "well")]
)
def test_a_disk_is_full_long_before_it_is(told, tmp_path, free, level):
    assert (level, "disk") in told(machine.disk(tmp_path / "var", free=free))


def test_a_secret_that_others_may_read_is_told_with_the_remedy(told, tmp_path):
    path = tmp_path / "secret.key"
    path.write_text("x" * 64, "ascii")
    path.chmod(0o640)
    assert f"chmod 600 {path}" in told(machine.secrets([path]))["broken", "secrets"]
    path.chmod(0o600)
    assert ("well", "secrets") in told(machine.secrets([path]))
    assert ("note", "secrets") in told(machine.secrets([tmp_path / "none"]))


def test_a_clock_before_what_was_stored_is_wrong(told):
    late = machine.clock(NOW, latest=NOW + timedelta(days=1), synchronised=True)
    assert "retention" in told(late)["broken", "clock"]
    assert ("warning", "clock") in told(machine.clock(NOW, latest=NOW, synchronised=False))
    assert ("well", "clock") in told(machine.clock(NOW, latest=None, synchronised=None))


def test_a_time_zone_that_is_not_known_is_told(told):
    found = told(machine.zones(["Asia/Tehran", "Mars/Olympus"]))
    assert "tzdata" in found["broken", "time zones"]
    assert ("well", "time zones") in found


def test_a_look_that_fails_keeps_none_of_the_others_from_looking(told):
    def fails():
        raise RuntimeError("the value of a secret")

    found = told(looked([("odd", fails), ("python", lambda: machine.python((3, 10)))]))
    assert "RuntimeError" in found["broken", "odd"]
    assert "secret" not in found["broken", "odd"]
    assert ("well", "python") in found
