"""What came from messaging apps: stored at once, then taken up chat by chat, in order; tried again when something fails."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from jawab.channels.contract import FetchFailed, Incoming
from jawab.channels.written import from_values, post_of
from jawab.desk.apps.accounts import ChannelAccounts, OpenAccount
from jawab.desk.threads import in_thread
from jawab.support import cards
from jawab.support.apps.inbox import InboxStore, Item
from jawab.support.deliveries.delivery import Backoff

log = structlog.get_logger()

# Longer than the files of an album take.
LEASE = timedelta(minutes=5)
KEPT = timedelta(days=7)
TIDY_EVERY = timedelta(hours=1)
ATTEMPTS = 6
_BACKOFF = Backoff(timedelta(seconds=1), 3.0, timedelta(minutes=5), ATTEMPTS)
_CHATS_AT_ONCE = 64
_LONGEST_PAUSE_SECONDS = 30.0

# Does what an update, or an album of them, asks for. `last`: it is not tried again.
Talk = Callable[[OpenAccount, Sequence[Incoming], bool], Awaitable[None]]


class ChannelIntake:
    """The inbox and the tasks that empty it: one for each chat that has something."""

    def __init__(
        self,
        accounts: ChannelAccounts,
        inbox: InboxStore,
        talk: Talk,
        *,
        poll: timedelta,
        grace: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._accounts = accounts
        self._names = tuple(each.account.name for each in accounts)
        self._inbox = inbox
        self._talk = talk
        self._poll = poll.total_seconds()
        self._grace = grace.total_seconds()
        self._clock = clock
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._woken: set[tuple[str, str]] = set()
        self._stopping = asyncio.Event()
        self._sweeping: asyncio.Task[None] | None = None
        self._tidied: datetime | None = None

    async def store(
        self, account: str, incoming: Sequence[Incoming], *, offset: str | None = None
    ) -> None:
        """Keep these updates, each once, without numbers of bank cards; they are taken up in a moment."""
        posts = [post_of(replace(each, text=cards.masked(each.text))) for each in incoming]
        fresh = await in_thread(self._inbox.put, account, posts, now=self._clock(), offset=offset)
        for chat in fresh:
            self._wake(account, chat)

    async def offset(self, account: str) -> str | None:
        """How far this account was polled."""
        return await in_thread(self._inbox.offset, account)

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._sweeping = asyncio.create_task(self._sweep(), name="channel inbox")

    async def stop(self) -> None:
        """Let what was taken up end, for a while; what remains is in the inbox."""
        self._stopping.set()
        running = [*self._tasks.values(), *([self._sweeping] if self._sweeping else [])]
        if running:
            _, late = await asyncio.wait(running, timeout=self._grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _wake(self, account: str, chat: str) -> None:
        here = (account, chat)
        self._woken.add(here)
        if here not in self._tasks and not self._stopping.is_set():
            name = f"chat of {account}"
            self._tasks[here] = asyncio.create_task(self._empty(account, chat), name=name)

    async def _sweep(self) -> None:
        """Wake what is due by itself: albums that are whole, second attempts, what a process left when it died."""
        pause = self._poll
        while not self._stopping.is_set():
            try:
                places = max(_CHATS_AT_ONCE - len(self._tasks), 0)
                now = self._clock()
                if places:
                    for account, chat in await in_thread(
                        self._inbox.due, self._names, now=now, limit=places
                    ):
                        self._wake(account, chat)
                if self._tidied is None or now - self._tidied >= TIDY_EVERY:
                    self._tidied = now
                    await in_thread(self._inbox.tidy, before=now - KEPT)
                pause = self._poll
            except Exception as error:
                log.error("channels.interrupted", problem=type(error).__qualname__)
                pause = min(max(pause * 2, 1.0), _LONGEST_PAUSE_SECONDS)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), timeout=pause)

    async def _empty(self, account: str, chat: str) -> None:
        here = (account, chat)
        try:
            while here in self._woken and not self._stopping.is_set():
                self._woken.discard(here)
                while items := await in_thread(
                    self._inbox.take, account, chat, now=self._clock(), lease=LEASE
                ):
                    if not await self._take(account, items):
                        break
        except Exception as error:  # the database is away: the sweep comes back to it
            log.error("channels.interrupted", problem=type(error).__qualname__)
        finally:
            del self._tasks[here]

    async def _take(self, name: str, items: Sequence[Item]) -> bool:
        """Whether the next in this chat may be taken."""
        account = self._accounts.get(name)
        if account is None:
            return False
        attempts = max(item.attempts for item in items)
        now = self._clock()
        again = _BACKOFF.next_attempt(attempts, now=now)
        incoming = [from_values(item.post.body or {}) for item in items]
        try:
            await self._talk(account, incoming, again is None)
        except (
            asyncio.CancelledError
        ):  # the desk stops; whoever starts next need not wait for the lease
            await in_thread(self._inbox.postpone, items, now)
            raise
        except Exception as error:
            reason = error.reason if isinstance(error, FetchFailed) else type(error).__qualname__
            log.warning("channels.failed", account=name, attempt=attempts, problem=reason)
            if again is not None:
                await in_thread(self._inbox.postpone, items, again)
                return False
        await in_thread(self._inbox.done, items)
        log.info("channels.heard", account=name, kind=incoming[0].kind.value, attempt=attempts)
        return True
