"""One task for each conversation that is owed an answer: turns of one in order, many at once.

Desks of one database share the work: whoever asks the bot about a turn holds it, and what a desk held that has
died is taken up by another.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import anyio
import structlog

from jawab.desk.holds import Holds
from jawab.desk.threads import in_thread
from jawab.desk.turns import Turns
from jawab.support.conversations.store import Begun, Store

log = structlog.get_logger()

_POLL_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 10.0
# How often a desk looks for turns that nobody has in hand.
SWEEP = timedelta(seconds=5)


class Worker:
    """Runs turns from the database. `wake` says that a conversation has one; it never waits."""

    def __init__(
        self,
        store: Store,
        turns: Turns,
        *,
        holds: Holds,
        trouble: Callable[[], Awaitable[str | None]],
        resume_patience: timedelta,
        grace: timedelta,
    ) -> None:
        self._store = store
        self._turns = turns
        self._holds = holds
        self._trouble = trouble
        self._patience = resume_patience.total_seconds()
        self._grace = grace.total_seconds()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._begun: dict[str, Begun] = {}
        self._expected: Counter[str] = Counter()
        self._put_off: set[str] = set()
        self._resuming: asyncio.Task[None] | None = None
        self._sweeping: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        """Take up what an earlier process left open, as soon as the bot is there."""
        self._resuming = asyncio.create_task(self._resume(), name="resume")
        self._sweeping = asyncio.create_task(self._sweep(), name="turns left behind")

    @contextmanager
    def expecting(self, conversation_id: str) -> Iterator[None]:
        """A message is about to be stored here, whose turn may be begun with it: until the context's end nobody looks for it."""
        self._expected[conversation_id] += 1
        try:
            yield
        finally:
            self._expected[conversation_id] -= 1
            if not self._expected[conversation_id]:
                del self._expected[conversation_id]
            if conversation_id in self._put_off:
                self._put_off.discard(conversation_id)
                self.wake(conversation_id)

    def wake(self, conversation_id: str, begun: Begun | None = None) -> None:
        """See to this conversation's open turns, first of all to one that is begun."""
        if begun is not None:
            self._begun[conversation_id] = begun
        self._woken.add(conversation_id)
        if conversation_id not in self._tasks and not self._stopping:
            self._tasks[conversation_id] = asyncio.create_task(
                self._see_to(conversation_id), name=f"turns {conversation_id}"
            )

    async def stop(self) -> None:
        """Let turns in flight finish for a while; what remains is in the database for the next start."""
        self._stopping = True
        looking = [task for task in (self._resuming, self._sweeping) if task is not None]
        for task in looking:
            task.cancel()
        running = [*self._tasks.values(), *looking]
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=self._grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        try:
            await in_thread(self._store.let_go, self._holds.desk)
        except Exception as error:  # the others wait until the holds have run out
            log.error("turns.not_let_go", problem=type(error).__qualname__)

    async def _resume(self) -> None:
        pause = 1.0
        while True:
            try:
                waiting = await in_thread(
                    self._store.conversations_with_open_turns, hold=self._holds.begin()
                )
                break
            except Exception as error:
                log.error("turns.resume_failed", problem=type(error).__qualname__)
                await anyio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        if not waiting:
            return
        log.info("turns.resumed", conversations=len(waiting))
        with anyio.move_on_after(self._patience):
            while await self._trouble() is not None:
                await anyio.sleep(_POLL_SECONDS)
        self._turns.try_from_now()
        for conversation_id in waiting:
            self.wake(conversation_id)

    async def _sweep(self) -> None:
        """Take up what a desk left behind that is no more, once its holds have run out."""
        while True:
            await anyio.sleep(SWEEP.total_seconds())
            hold = self._holds.begin()
            try:
                left = await in_thread(
                    self._store.conversations_with_open_turns,
                    hold=hold,
                    queued_before=hold.since - SWEEP,
                )
            except Exception as error:
                log.error("turns.sweep_failed", problem=type(error).__qualname__)
                continue
            for conversation_id in left:
                self.wake(conversation_id)

    async def _see_to(self, conversation_id: str) -> None:
        pause = 1.0
        try:
            while conversation_id in self._woken and not self._stopping:
                self._woken.discard(conversation_id)
                try:
                    while not self._stopping and await self._take_one(conversation_id):
                        pause = 1.0
                except Exception as error:
                    # The database is away or something is broken: the turn is still open, so it is
                    # taken up again, and its attempts are counted there.
                    log.error(
                        "turns.interrupted",
                        conversation=conversation_id,
                        problem=type(error).__qualname__,
                    )
                    await anyio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
                    self._woken.add(conversation_id)
        finally:
            del self._tasks[conversation_id]

    async def _take_one(self, conversation_id: str) -> bool:
        """Bring the next turn to its end, if there is one; whether there may be more."""
        begun = self._begun.pop(conversation_id, None)
        if begun is not None:
            return await self._turns.take(begun.turn, begun.message, begun.conversation, begun.hold)
        found = await in_thread(self._store.next_turn, conversation_id, hold=self._holds.begin())
        if conversation_id in self._expected:  # this may be the turn that is just being begun
            self._put_off.add(conversation_id)
            return False
        if (
            conversation_id in self._begun
        ):  # this is the turn that was begun meanwhile, there is no other
            return True
        return found is not None and await self._turns.take(*found)
