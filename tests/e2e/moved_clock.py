"""A clock that a test moves for real processes: Debian's libfaketime, no hook in the product.

Only the time of day is moved. Monotonic clocks, which measure waits, and the times of files stay as they are.
https://github.com/wolfcw/libfaketime
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

# The library for programs with threads.
LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


class MovedClock:
    """The clock of processes started with `environment`; moving it takes effect at their next look at it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._offset = timedelta()
        self._write()

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process needs to read this clock; nothing where libfaketime is not installed."""
        if not LIBRARIES:
            return {}
        return {
            "LD_PRELOAD": str(LIBRARIES[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # Else a thread that waits for the interpreter's lock asks for it over and over: a hundred times slower.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            "NO_FAKE_STAT": "1",
        }

    def check(self) -> None:
        """Fail where the clock cannot be moved."""
        if not LIBRARIES:
            pytest.fail("libfaketime is not installed: apt-get install faketime")

    def now(self) -> datetime:
        """What the processes take for the present moment."""
        return datetime.now(timezone.utc) + self._offset

    def to(self, moment: str) -> datetime:
        """Let it be this moment, ISO 8601 with an offset; time goes on from there.

        A conversation's token lasts thirty days: begin a new conversation after a longer way.
        """
        there = datetime.fromisoformat(moment)
        self._offset = there - datetime.now(timezone.utc)
        self._write()
        return there

    def forward(self, by: timedelta) -> None:
        """Let so much time have passed."""
        self._offset += by
        self._write()

    def reset(self) -> None:
        """Let it be now again."""
        self._offset = timedelta()
        self._write()

    def _write(self) -> None:
        draft = self._file.with_suffix(".new")
        draft.write_text(f"{self._offset.total_seconds():+f}\n")
        draft.replace(self._file)  # whole at every moment, for it is read all the time
