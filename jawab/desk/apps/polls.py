"""Asking messaging apps for updates, where no address of ours can be reached from outside; of several desks one asks."""

import asyncio
from contextlib import suppress

import structlog

from jawab.channels.contract import ChannelError, FetchFailed, Polled, Registered
from jawab.desk.apps.accounts import ChannelAccounts, OpenAccount
from jawab.desk.apps.intake import ChannelIntake
from jawab.desk.sole import WAIT_SECONDS, Sole

log = structlog.get_logger()

POLL = "poll"
_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 30.0


class ChannelPolls:
    """One loop for each account that is polled. The next updates are asked for when the last ones are stored."""

    def __init__(self, accounts: ChannelAccounts, intake: ChannelIntake, sole: Sole) -> None:
        self._accounts = accounts
        self._intake = intake
        self._sole = sole
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to ask."""
        for account in self._accounts:
            if account.account.updates == POLL:
                name = f"poll {account.account.name}"
                self._tasks.append(asyncio.create_task(self._run(account), name=name))

    async def stop(self) -> None:
        """Ask no more; an answer that is on its way comes again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, account: OpenAccount) -> None:
        name, pause = account.account.name, _FIRST_PAUSE_SECONDS
        if isinstance(account.channel, Registered):
            with suppress(ChannelError):  # an app that has a webhook gives nothing to who asks
                await account.channel.unregister()
        while True:
            try:
                if not await self._sole.may(f"poll {name}"):
                    await asyncio.sleep(WAIT_SECONDS)
                    continue
                await self._once(account)
                pause = _FIRST_PAUSE_SECONDS
            except Exception as error:
                reason = (
                    error.reason if isinstance(error, FetchFailed) else type(error).__qualname__
                )
                log.warning("channels.not_polled", account=name, problem=reason)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def _once(self, account: OpenAccount) -> None:
        channel, name = account.channel, account.account.name
        if not isinstance(channel, Polled):
            raise ChannelError(f"{name}: {account.account.app} cannot be polled")
        offset = await self._intake.offset(name)
        incoming, following = await channel.poll(offset)
        if incoming or following != offset:
            await self._intake.store(name, incoming, offset=following)
