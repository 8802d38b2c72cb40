"""Eitaa (ایتا), through Eitaayar, which only sends: https://eitaayar.ir

Notices go to one chat of the shop's people. Nothing comes from Eitaa: shoppers could write there only in a mini-app with the site's
widget, which there is not.
"""

from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from typing import Any

import httpx

from jawab.channels.account import Account
from jawab.channels.bot_api import CallFailed, result_of
from jawab.channels.contract import (
    TOO_LARGE,
    Capabilities,
    ChannelError,
    FetchFailed,
    Incoming,
    Outgoing,
    OutgoingFile,
    RemoteFile,
    Result,
)
from jawab.channels.fields import size, string
from jawab.support.deliveries.delivery import Arrived, Later, Never
from jawab.support.deliveries.notices import Notice

UPLOAD_SECONDS = 90.0
ALL = tuple(notice.value for notice in Notice)


class Eitaa:
    """A token of Eitaayar, and the chat that it may write in."""

    default_url = "https://eitaayar.ir"
    # Eitaayar documents no limits.
    capabilities = Capabilities(
        text=4096,
        caption=1024,
        files=True,
        upload=50_000_000,
        per_second=1,
        chat_pause=timedelta(seconds=1),
    )

    def __init__(self, account: Account, client: httpx.AsyncClient) -> None:
        self._account = account
        self._client = client
        base = (account.base_url or self.default_url).rstrip("/")
        self._calls = f"{base}/api/{account.secret('token')}"
        self.chat = account.options.get("chat", "")
        if not self.chat:
            raise ChannelError(
                f"{account.name}: chat: write the channel or group that notices go to"
            )
        wanted = account.options.get("notices", " ".join(ALL)).replace(",", " ").split()
        if unknown := set(wanted) - set(ALL):
            raise ChannelError(
                f"{account.name}: notices: {sorted(unknown)[0]} is none; choose of {', '.join(ALL)}"
            )
        self.notices = frozenset(Notice(each) for each in wanted)

    def verify(self, headers: Mapping[str, str], body: bytes, path: str) -> bool:
        """Nothing comes from Eitaa."""
        return False

    def handshake(self, query: Mapping[str, str], path: str) -> str | None:
        """There is none."""
        return None

    def receive(self, body: bytes) -> tuple[Incoming, ...]:
        """Nothing comes from Eitaa."""
        return ()

    async def acknowledge(self, incoming: Incoming) -> None:
        """There are no buttons."""

    async def typing(self, chat: str) -> None:
        """There is no such sign."""

    async def deliver(self, outgoing: Outgoing) -> Result:
        """Send words, or one file with its caption."""
        try:
            if outgoing.file is None:
                values = {"chat_id": outgoing.chat, "text": outgoing.text}
                sent = await self._call("sendMessage", values)
            elif outgoing.file.size > self.capabilities.upload:
                return Never(TOO_LARGE)
            else:
                values = {"chat_id": outgoing.chat, "caption": outgoing.text}
                sent = await self._call("sendFile", values, outgoing.file)
        except CallFailed as failed:
            return failed.outcome
        except OSError as error:
            return Later(f"file {type(error).__name__}")
        number = size(sent.get("message_id")) if isinstance(sent, dict) else None
        return Arrived(str(number) if number is not None else None)

    async def fetch(self, file: RemoteFile, *, limit: int) -> AsyncGenerator[bytes, None]:
        """Nothing comes from Eitaa."""
        raise FetchFailed("nothing comes from Eitaa", final=True)
        yield b""

    async def check(self) -> str:
        """Who the token belongs to."""
        try:
            found = await self._call("getMe", {})
        except CallFailed as failed:
            raise ChannelError(
                f"{self._account.name}: getMe: {failed.reason}; check token, base_url, proxy and the network"
            ) from None
        who = found if isinstance(found, dict) else {}
        name = string(who, "username") or string(who, "first_name") or "a sender"
        return (
            f"{name}, notices of the shop's tickets only: Eitaa brings nothing that shoppers write"
        )

    async def _call(
        self, method: str, values: Mapping[str, str], file: OutgoingFile | None = None
    ) -> Any:
        address = f"{self._calls}/{method}"
        try:
            if file is None:
                response = await self._client.post(address, data=dict(values))
            else:
                with file.path.open("rb") as content:
                    response = await self._client.post(
                        address,
                        data=dict(values),
                        files={"file": (file.name, content, file.type)},
                        timeout=UPLOAD_SECONDS,
                    )
        except httpx.HTTPError as error:
            raise CallFailed(0, f"network {type(error).__name__}") from None
        return result_of(response)
