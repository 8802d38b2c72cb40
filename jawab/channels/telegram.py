"""Telegram: https://core.telegram.org/bots/api, https://core.telegram.org/bots/faq#broadcasting-to-users"""

from collections.abc import Mapping
from datetime import timedelta

import httpx

from jawab.channels.account import Account
from jawab.channels.bot_channel import ALLOWED, BotChannel
from jawab.channels.contract import Capabilities
from jawab.channels.secret import same

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 a header's name


class Telegram(BotChannel):
    """A Telegram bot: a webhook with a secret in its header, or long polling."""

    default_url = "https://api.telegram.org"
    capabilities = Capabilities(
        text=4096,
        caption=1024,
        buttons=20,
        button_title=256,
        files=True,
        upload=50_000_000,
        download=20_000_000,
        asks_number=True,
        per_second=30,
        chat_pause=timedelta(seconds=1),
    )

    def __init__(self, account: Account, client: httpx.AsyncClient) -> None:
        super().__init__(account, client)
        self._secret = account.secret("secret")

    def verify(self, headers: Mapping[str, str], body: bytes, path: str) -> bool:
        """By the secret that Telegram was given with the webhook."""
        return path == "" and same(headers.get(SECRET_HEADER, ""), self._secret)

    async def register(self, address: str) -> str:
        """Have the app bring its updates to this address; `ChannelError`."""
        await self._ask(
            "setWebhook",
            {"url": address, "secret_token": self._secret, "allowed_updates": list(ALLOWED)},
        )
        return "the webhook is set, with its secret"

    async def unregister(self) -> str:
        """Take the webhook away, so that updates can be polled."""
        await self._ask("deleteWebhook", {"drop_pending_updates": False})
        return "no webhook is set; updates are polled"
