"""Bale (بله), whose Bot API is Telegram's with less: https://docs.bale.ai

Its webhook carries no secret, so the account's address ends in one that nobody can guess.
"""

from collections.abc import Mapping
from datetime import timedelta

import httpx

from jawab.channels.account import Account
from jawab.channels.bot_channel import BotChannel
from jawab.channels.contract import Capabilities, Incoming
from jawab.channels.secret import same


class Bale(BotChannel):
    """A Bale bot: a webhook on an address with a secret in it, or polling."""

    default_url = "https://tapi.bale.ai"
    capabilities = Capabilities(
        text=4096,
        caption=1024,
        buttons=20,
        button_title=64,
        files=True,
        upload=50_000_000,
        download=20_000_000,
        asks_number=True,
        per_second=20,
        chat_pause=timedelta(seconds=1),
    )

    def __init__(self, account: Account, client: httpx.AsyncClient) -> None:
        super().__init__(account, client)
        self._secret = account.secret("secret")

    def verify(self, headers: Mapping[str, str], body: bytes, path: str) -> bool:
        """By the secret at the end of the address."""
        return same(path, self._secret)

    async def acknowledge(self, incoming: Incoming) -> None:
        """End the button's spinner; an old client, whose ids begin with 1, takes a message as the answer instead."""
        if incoming.press is not None and not incoming.press.startswith("1"):
            await super().acknowledge(incoming)

    async def register(self, address: str) -> str:
        """Have the app bring its updates to this address; `ChannelError`."""
        await self._ask("setWebhook", {"url": f"{address}/{self._secret}"})
        return "the webhook is set, on an address nobody can guess"

    async def unregister(self) -> str:
        """Take the webhook away, so that updates can be polled."""
        await self._ask("setWebhook", {"url": ""})
        return "no webhook is set; updates are polled"
