"""What the desk asks of `jawab learn`: in processes of their own, for the desk itself understands no message.

Groups and proposals are read by leads and the owner alone, and take seconds: they are kept for a while.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from jawab.desk.failures import DeskError
from jawab.desk.threads import in_workshop
from jawab.settings import PROJECT, Settings

FRESH = timedelta(minutes=2)
_PATIENCE_SECONDS = 180
_MOST_KEPT = 32

log = structlog.get_logger()


class LearningFailed(DeskError):
    """`jawab learn` could not do what was asked; the message is its own, in English."""


@dataclass(frozen=True)
class Group:
    """Messages that are like each other; `examples` are masked, each under its message's id."""

    id: int
    members: tuple[int, ...]
    oldest: datetime
    newest: datetime
    languages: Mapping[str, int]
    reasons: Mapping[str, int]
    examples: Mapping[int, str]


@dataclass(frozen=True)
class Groups:
    """The groups as they were at a moment, the largest first."""

    at: datetime
    all: tuple[Group, ...]


@dataclass(frozen=True)
class Proposal:
    """The change that a mark proposes, as `git apply` takes it, and what the validation says of it."""

    path: str
    patch: str
    digest: str
    problems: tuple[tuple[str, bool], ...]  # and whether it is a warning only
    can_apply: bool

    @property
    def sound(self) -> bool:
        """Whether the files would be in order."""
        return all(warning for _, warning in self.problems)


def command(*arguments: str) -> list[str]:
    """The command line of `jawab learn …`."""
    return [sys.executable, "-m", "jawab.cli", "learn", *arguments]


def surroundings(settings: Settings) -> dict[str, str]:
    """The environment in which it works on this desk's files and database."""
    return {
        **os.environ,
        "JAWAB_ROOT": str(settings.root),
        "JAWAB_VAR": str(settings.var),
        "JAWAB_DATABASE_URL": settings.database_url,
        "PYTHONUNBUFFERED": "1",
    }


class Learner:
    """Asks for groups and changes, one thing at a time."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._clock = clock
        self._turn = asyncio.Lock()
        self._groups: dict[tuple[int, tuple[str, ...]], Groups] = {}
        self._proposals: dict[tuple[int, int], Proposal | str] = {}

    async def groups(self, days: int, shops: Sequence[str], *, again: bool = False) -> Groups:
        """The groups of the last days in these shops (none named: in all); not older than FRESH, or made now."""
        key, now = (days, tuple(shops)), self._clock()
        async with self._turn:
            known = self._groups.get(key)
            if known is not None and not again and now - known.at < FRESH:
                return known
            chosen = [part for shop in shops for part in ("--shop", shop)]
            found = await self._run("list", "--days", str(days), *chosen)
            self._keep(self._groups, key, Groups(now, tuple(map(_group, found))))
            return self._groups[key]

    async def proposal(self, mark_id: int) -> Proposal:
        """The change that a mark proposes in the files as they are now; `LearningFailed` says why there is none."""
        async with self._turn:
            key = (mark_id, await in_workshop(self._stamp))
            if key not in self._proposals:
                try:
                    made: Proposal | str = _proposal(
                        await self._run("propose", "--mark", str(mark_id))
                    )
                except LearningFailed as error:
                    made = str(error)
                self._keep(self._proposals, key, made)
            known = self._proposals[key]
        if isinstance(known, str):
            raise LearningFailed(known)
        return known

    async def apply(self, mark_id: int, digest: str) -> None:
        """Write the change that was looked at into the files; `LearningFailed` when it is another by now."""
        async with self._turn:
            await self._run("propose", "--mark", str(mark_id), "--apply", "--expect", digest)
        log.info("learning.applied", mark=mark_id)

    async def _run(self, *arguments: str) -> Any:
        return await in_workshop(self._ran, arguments)

    def _ran(self, arguments: Sequence[str]) -> Any:
        try:
            done = subprocess.run(  # noqa: S603
                command(*arguments, "--json"),
                cwd=PROJECT,
                env=surroundings(self._settings),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise LearningFailed("jawab learn took too long; try again in a while") from error
        return answered(done.stdout.decode(), done.stderr.decode("utf-8", "replace"))

    def _stamp(self) -> int:
        """A number that another one follows when a file of data/ is changed."""
        files = (self._settings.root / "data").rglob("*.yml")
        return max((file.stat().st_mtime_ns for file in files), default=0)

    @staticmethod
    def _keep(kept: dict[Any, Any], key: Any, value: Any) -> None:
        kept[key] = value
        while len(kept) > _MOST_KEPT:
            del kept[next(iter(kept))]


def answered(output: str, complaints: str) -> Any:
    """What `jawab learn … --json` printed; `LearningFailed` with its own words where it failed."""
    try:
        found = json.loads(output)
    except ValueError as error:
        last = complaints.strip().splitlines()[-1:]
        raise LearningFailed("".join(last) or "jawab learn was cut off") from error
    if isinstance(found, dict) and "error" in found:
        raise LearningFailed(found["error"])
    return found


def _group(found: Mapping[str, Any]) -> Group:
    return Group(
        found["id"],
        tuple(found["members"]),
        datetime.fromisoformat(found["oldest"]),
        datetime.fromisoformat(found["newest"]),
        found["languages"],
        found["reasons"],
        dict(zip(found["example_messages"], found["examples"], strict=True)),
    )


def _proposal(found: Mapping[str, Any]) -> Proposal:
    problems = tuple((each["text"], each["warning"]) for each in found["problems"])
    return Proposal(
        found["path"], found["patch"], found["digest"], problems, bool(found["can_apply"])
    )
