"""The accounts of messaging apps that this desk serves, opened once when it starts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import httpx

from jawab.channels.account import Account
from jawab.channels.accounts import client_of, load, open_channel
from jawab.channels.contract import Channel
from jawab.channels.pace import Pace
from jawab.knowledge import Knowledge
from jawab.settings import Settings


@dataclass(frozen=True)
class OpenAccount:
    """An account, how it is spoken with, and how fast it may speak."""

    account: Account
    channel: Channel
    pace: Pace
    client: httpx.AsyncClient


class ChannelAccounts:
    """The accounts by their names."""

    def __init__(self, accounts: Iterable[Account], *, patience: timedelta) -> None:
        self._open = {account.name: _open(account, patience) for account in accounts}

    @classmethod
    def of(cls, settings: Settings, knowledge: Knowledge) -> "ChannelAccounts":
        """The accounts of the file of channels; `ChannelError` when one is not as it should be."""
        accounts = load(settings.channels_file, shops=tuple(knowledge.shops))
        return cls(accounts, patience=settings.channel_timeout)

    def get(self, name: str) -> OpenAccount | None:
        """The account of this name."""
        return self._open.get(name)

    def __iter__(self) -> Iterator[OpenAccount]:
        return iter(self._open.values())

    def __bool__(self) -> bool:
        return bool(self._open)

    async def close(self) -> None:
        """Give back every connection."""
        for each in self._open.values():
            await each.client.aclose()


def _open(account: Account, patience: timedelta) -> OpenAccount:
    client = client_of(account, patience=patience)
    channel = open_channel(account, client)
    return OpenAccount(account, channel, Pace(channel.capabilities), client)
