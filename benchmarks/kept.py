"""What was measured, kept until what it was measured of changes, so that a run that broke off goes on where it stopped."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Say = Callable[[str], None]


class Kept:
    """Results by name in one file; ``of`` is the fingerprint of what is measured, and another one's results count for nothing."""

    def __init__(self, file: Path, *, of: str, again: bool = False, say: Say = print) -> None:
        self.file, self.of, self.say = file, of, say
        self._found: dict[str, dict[str, Any]] = {}
        self._anew = again

    def once(self, name: str, measure: Callable[[], Any]) -> Any:
        """Return what ``measure`` finds, as JSON has it; what is kept under ``name`` is not measured again.

        How long it took, or when it was found, is said as soon as it is known.
        """
        kept = {} if self._anew else self._read()
        if name in kept:
            self._found[name] = kept[name]
            self.say(f"{name}: kept from {kept[name]['when']}")
            return kept[name]["found"]
        begin = time.perf_counter()
        found = json.loads(json.dumps(measure()))
        when = time.strftime("%Y-%m-%d %H:%M")
        self._found[name] = {"when": when, "found": found}
        self._write({**kept, **self._found})
        self.say(f"{name}: {time.perf_counter() - begin:.0f} s")
        return found

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            document = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return dict(document["found"]) if document.get("of") == self.of else {}

    def _write(self, found: dict[str, dict[str, Any]]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        scratch = self.file.with_suffix(".new")
        scratch.write_text(json.dumps({"of": self.of, "found": found}, ensure_ascii=False), "utf-8")
        os.replace(scratch, self.file)
