"""Trials of proposed changes: `jawab learn try` in a process of its own, looked after until it ends.

It trains for minutes, so it gives way to the processes that serve shoppers, and holds a pipe of this desk: when the desk
goes, however it goes, the trial goes too. What is known of it stands in the database, so that every page of every desk
tells the same.
"""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from jawab.desk.owner.learner import LearningFailed, answered, command, surroundings
from jawab.desk.threads import in_thread
from jawab.settings import PROJECT, Settings
from jawab.support.agents.agent import Agent
from jawab.support.learning.trial import Trial, TrialState
from jawab.support.learning.trial_store import TrialStore

LOOK_SECONDS = 1.0
_GRACE_SECONDS = 8.0  # more than a process on its leash takes to end
_FOLDER = "trial-"
_STEP = re.compile(r"^([a-z_]+) (\d+)/(\d+)$", re.MULTILINE)

log = structlog.get_logger()


@dataclass(frozen=True)
class _Process:
    """A trial's process, and the folder with what it says."""

    trial: Trial
    process: subprocess.Popen[bytes]
    folder: Path

    def said(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8", "replace")

    def step(self) -> tuple[str, int, int]:
        """How far it says it is: the step, and how many of how many rows are done."""
        said = _STEP.findall(self.said("progress"))
        step, done, of = said[-1] if said else ("", "0", "0")
        return step, int(done), int(of)

    def end(self) -> None:
        """Let it end: by its leash, then by force."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Trials:
    """Begins trials, one at a time over all desks, and sees to their end."""

    def __init__(
        self, store: TrialStore, settings: Settings, *, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._current: _Process | None = None

    async def start(self) -> None:
        """Let trials end whose desk has gone, and clear away what they left behind."""
        await in_thread(self._clear)

    async def stop(self) -> None:
        """End the trial that this desk looks after, and say that the desk was stopped."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._current is not None:
            await asyncio.to_thread(self._finish, self._current, TrialState.LOST)

    async def begin(self, mark_id: int, *, control: bool, by: Agent) -> Trial:
        """Begin the trial of a mark's change; `TrialRunning` while there is another."""
        trial = await in_thread(
            self._store.begin, mark_id, control=control, who=by.name, now=self._clock()
        )
        try:
            self._current = await in_thread(self._started, trial)
        except OSError as error:
            told = f"no process could be started ({error.strerror})"
            await in_thread(
                self._store.end, trial.id, TrialState.FAILED, now=self._clock(), told=told
            )
            raise LearningFailed(told) from error
        self._task = asyncio.create_task(self._look_after(self._current), name="trial")
        log.info("trial.started", trial=trial.id, mark=mark_id, agent=by.id)
        return trial

    def _clear(self) -> None:
        self._store.bury(now=self._clock())
        if self._store.running() is None:
            for left in self._settings.var.glob(f"{_FOLDER}*"):
                shutil.rmtree(left, ignore_errors=True)

    def _started(self, trial: Trial) -> _Process:
        self._settings.var.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_FOLDER, dir=self._settings.var))
        control = ("--control",) if trial.control else ()
        with (folder / "result").open("wb") as out, (folder / "progress").open("wb") as told:
            process = subprocess.Popen(  # noqa: S603
                command("try", "--mark", str(trial.mark_id), "--json", "--on-leash", *control),
                cwd=PROJECT,
                # What is copied for the training goes away with the folder, even when the process is killed.
                env={**surroundings(self._settings), "TMPDIR": str(folder)},
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=told,
                start_new_session=True,
            )
        return _Process(trial, process, folder)

    async def _look_after(self, current: _Process) -> None:
        while current.process.poll() is None:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                wanted = await in_thread(self._beat, current)
            except (
                Exception
            ) as error:  # a database that is away is its own matter; the trial goes on
                log.warning("trial.unwatched", trial=current.trial.id, error=type(error).__name__)
                continue
            if not wanted:
                await asyncio.to_thread(self._finish, current, TrialState.STOPPED)
                return
        await asyncio.to_thread(self._finish, current, TrialState.DONE)

    def _beat(self, current: _Process) -> bool:
        step, done, of = current.step()
        return self._store.beat(current.trial.id, step=step, done=done, of=of, now=self._clock())

    def _finish(self, current: _Process, state: TrialState) -> None:
        current.end()
        result, told = None, ""
        if state is TrialState.DONE:
            try:
                result = answered(current.said("result"), current.said("progress"))
            except LearningFailed as error:
                state, told = TrialState.FAILED, str(error)
        self._store.end(current.trial.id, state, now=self._clock(), result=result, told=told)
        shutil.rmtree(current.folder, ignore_errors=True)
        if self._current is current:
            self._current = None
        log.info("trial.ended", trial=current.trial.id, state=state.value)
