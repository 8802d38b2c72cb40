"""The machine: Python and its packages, room on the disk, who may read secrets, the clock."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jawab.doctor.finding import Finding, broken, note, warning, well

PYTHON = (3, 10)
MANY, FEW = 5_000_000_000, 500_000_000  # free bytes
SLACK = timedelta(minutes=5)
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def python(version: tuple[int, int] = sys.version_info[:2]) -> Iterator[Finding]:
    """Whether Rasa's Python runs this."""
    told = ".".join(map(str, version))
    if version == PYTHON:
        yield well("python", told)
    else:
        yield broken("python", f"{told}, and Rasa needs 3.10", "make setup finds or fetches it")


def packages(lock: Path) -> Iterator[Finding]:
    """Whether the packages are those of the lock."""
    pins = _PIN.findall(lock.read_text("utf-8"))
    wrong = [f"{name} {have or 'missing'} (wanted {pin})" for name, pin, have in _others(pins)]
    if wrong:
        shown = ", ".join(wrong[:3]) + (f" and {len(wrong) - 3} more" if len(wrong) > 3 else "")
        yield broken("packages", shown, "make setup installs what requirements.txt names")
    else:
        yield well("packages", f"{len(pins)}, as requirements.txt names them")


def _others(pins: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str | None]]:
    for name, pin in pins:
        try:
            have: str | None = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            have = None
        if have != pin:
            yield name, pin, have


def disk(folder: Path, *, free: int | None = None) -> Iterator[Finding]:
    """Whether there is room below this folder, and whether one may write there."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(there, os.W_OK):
        yield broken(
            "disk", f"{there} cannot be written to", f"chown it to who runs Jawab: {there}"
        )
        return
    left = shutil.disk_usage(there).free if free is None else free
    told = f"{left / 1e9:.1f} GB free at {there}"
    remedy = "make room, or move JAWAB_VAR; jawab person tidy and JAWAB_RETENTION_DAYS help too"
    if left < FEW:
        yield broken("disk", told, remedy)
    elif left < MANY:
        yield warning("disk", told, remedy)
    else:
        yield well("disk", told)


def secrets(files: Iterable[Path]) -> Iterator[Finding]:
    """Whether those of these files that are there can be read by their owner alone."""
    there = [path for path in files if path.exists()]
    for path in there:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield broken("secrets", f"{path} can be read by others", f"chmod 600 {path}")
        elif not os.access(path, os.R_OK):
            yield broken("secrets", f"{path} cannot be read", f"chown it to who runs Jawab: {path}")
        else:
            yield well("secrets", f"{path.name} is its owner's alone")
    if not there:
        yield note("secrets", "none is kept in files yet; the desk makes its own when it starts")


def clock(
    now: datetime, *, latest: datetime | None, synchronised: bool | None
) -> Iterator[Finding]:
    """Whether the clock may be right: not before the latest thing that was stored, and kept by something."""
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if latest is not None and latest > now + SLACK:
        yield broken(
            "clock",
            f"{told}, but something was stored at {latest:%Y-%m-%d %H:%M} UTC",
            "set the clock right: promises, hours and retention follow it",
        )
    elif synchronised is False:
        yield warning("clock", f"{told}, kept by nothing", "timedatectl set-ntp true")
    else:
        yield well("clock", told)


def is_synchronised() -> bool | None:
    """Whether the system says that its clock is kept right; None where it says nothing."""
    tool = shutil.which("timedatectl")
    if tool is None:
        return None
    asked = subprocess.run(  # noqa: S603 a fixed command
        [tool, "show", "--property=NTPSynchronized", "--value"],
        capture_output=True, text=True, timeout=5, check=False,
    )  # fmt: skip
    return {"yes": True, "no": False}.get(asked.stdout.strip())


def zones(names: Iterable[str]) -> Iterator[Finding]:
    """Whether the machine knows the shops' time zones."""
    for name in sorted(set(names)):
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            yield broken("time zones", f"{name} is not known here", "install tzdata")
        else:
            yield well("time zones", name)
