"""The courier: takes what waits in the outbox to its carriers, again and again until it has arrived."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from jawab.desk.measures import DELIVERY_ATTEMPTS, Measures
from jawab.desk.threads import in_thread
from jawab.support.deliveries.delivery import (
    AWAITED,
    Arrived,
    Backoff,
    Carrier,
    Delivery,
    Held,
    Later,
    Never,
    Outcome,
    Unwanted,
)
from jawab.support.deliveries.store import DeliveryStore

log = structlog.get_logger()

AT_ONCE = 4
# Longer than any carrier takes: what is still taken then was left behind by a process that died.
LEASE = timedelta(minutes=2)
KEPT = timedelta(days=30)
TIDY_EVERY = timedelta(hours=1)
_LONGEST_PAUSE_SECONDS = 60.0


class Courier:
    """Delivers at least once; more than once only where a process died between sending and noting it.

    `given_up` is called for what will never arrive, with the problem. `duties` are the carriers it sees to: of these it throws
    away what nothing carries.
    """

    def __init__(
        self,
        store: DeliveryStore,
        carriers: Mapping[Carrier, Callable[[Delivery], Awaitable[Outcome]]],
        *,
        backoff: Backoff,
        poll: timedelta,
        grace: timedelta,
        clock: Callable[[], datetime],
        given_up: Callable[[Delivery, str], None],
        measures: Measures,
        duties: Collection[Carrier] = (Carrier.MAIL, Carrier.WEBHOOK),
        at_once: int = AT_ONCE,
    ) -> None:
        self._store = store
        self._carriers = carriers
        self._backoff = backoff
        self._poll = poll.total_seconds()
        self._grace = grace.total_seconds()
        self._clock = clock
        self._given_up = given_up
        self._measures = measures
        self._duties = duties
        self._at_once = at_once
        self._stopping = False
        self._bell = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._tidied: datetime | None = None

    def start(self) -> None:
        """Begin to deliver, with what an earlier process left."""
        self._task = asyncio.create_task(self._run(), name="courier")

    def wake(self) -> None:
        """Look into the outbox now; never waits."""
        self._bell.set()

    async def stop(self) -> None:
        """Let what is on its way arrive, for a while; what the last look into the outbox took is on its way too."""
        self._stopping = True
        self._bell.set()
        loop = asyncio.get_running_loop()
        end = loop.time() + self._grace
        if self._task is not None:
            await _ended({self._task}, within=self._grace)
        await _ended(self._running, within=end - loop.time())

    async def _run(self) -> None:
        pause = self._poll
        while not self._stopping:
            try:
                await self._tidy()
                await self._fill()
                pause = self._poll
            except Exception as error:
                log.error("deliveries.interrupted", problem=type(error).__qualname__)
                pause = min(max(pause * 2, 1.0), _LONGEST_PAUSE_SECONDS)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._bell.wait(), timeout=pause)
            self._bell.clear()

    async def _fill(self) -> None:
        """Take as many as there are places for; whatever ends makes room, and asks for the next."""
        places = self._at_once - len(self._running)
        if not self._carriers or places <= 0:
            return
        taken = await in_thread(
            self._store.take, list(self._carriers), now=self._clock(), lease=LEASE, limit=places
        )
        for delivery in taken:
            task = asyncio.create_task(self._deliver(delivery), name=f"delivery {delivery.id}")
            self._running.add(task)
            task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("deliveries.interrupted", problem=type(error).__qualname__)
        self._bell.set()

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            outcome = await self._carriers[delivery.parcel.carrier](delivery)
        except Exception as error:  # a fault of ours: it must not hold up the others
            outcome = Later(type(error).__qualname__)
        now = self._clock()
        match outcome:
            case Arrived():
                await in_thread(self._store.sent, delivery, now=now)
            case Later(problem=problem, retry_after=rest):
                again = self._backoff.next_attempt(delivery.attempts, now=now)
                if again is None:
                    await self._give_up(delivery, problem, now)
                else:
                    again = now + rest if rest is not None else again
                    await in_thread(self._store.postpone, delivery, again, problem)
            case Held():
                until = delivery.parcel.at + KEPT
                if now < until:
                    await in_thread(self._store.postpone, delivery, until, AWAITED)
                else:
                    await self._give_up(delivery, AWAITED, now)
            case Never(problem=problem):
                await self._give_up(delivery, problem, now)
            case Unwanted():
                await in_thread(self._store.drop, delivery)
        carrier, ended = delivery.parcel.carrier.value, type(outcome).__name__.lower()
        self._measures.count(DELIVERY_ATTEMPTS, carrier, ended)
        log.info(
            "delivery.tried",
            delivery=delivery.id,
            carrier=carrier,
            notice=delivery.parcel.event,
            attempt=delivery.attempts,
            outcome=ended,
            problem=getattr(outcome, "problem", None),
        )

    async def _give_up(self, delivery: Delivery, problem: str, now: datetime) -> None:
        await in_thread(self._store.give_up, delivery, problem, now=now)
        await in_thread(self._given_up, delivery, problem)

    async def _tidy(self) -> None:
        now = self._clock()
        if self._tidied is None or now - self._tidied >= TIDY_EVERY:
            self._tidied = now
            await in_thread(
                self._store.tidy, list(self._carriers), of=self._duties, ended_before=now - KEPT
            )


async def _ended(tasks: Collection[asyncio.Task[None]], *, within: float) -> None:
    """Wait for these, and cancel those that take longer (seconds)."""
    if not tasks:
        return
    every = tuple(tasks)
    _, late = await asyncio.wait(every, timeout=max(within, 0))
    for task in late:
        task.cancel()
    await asyncio.gather(*every, return_exceptions=True)
