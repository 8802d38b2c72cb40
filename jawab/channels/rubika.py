"""Rubika (روبیکا), by its own Bot API, version 3: https://rubika.ir/botapi

Its webhook carries no signature, so the account's address ends in a secret that nobody can guess.
"""

from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from typing import Any

import anyio
import httpx

from jawab.channels.account import Account
from jawab.channels.contract import (
    TOO_LARGE,
    Capabilities,
    ChannelError,
    FetchFailed,
    Incoming,
    Outgoing,
    RemoteFile,
    Result,
)
from jawab.channels.download import most_bytes
from jawab.channels.fields import mapping, mappings, string
from jawab.channels.keyboards import Keyboards
from jawab.channels.rubika_api import INVALID_ACCESS, RubikaApi, RubikaFailed
from jawab.channels.rubika_updates import read, updates
from jawab.channels.secret import same
from jawab.support.deliveries.delivery import Arrived, Later, Never

# Of what Rubika can send to us; it may add their names to the address.
ENDPOINTS = ("ReceiveUpdate", "ReceiveInlineMessage")
_TAILS = frozenset(("", *(name[0].lower() + name[1:] for name in ENDPOINTS), *ENDPOINTS))
_AT_ONCE = 100
# The id of the key that shares one's number; what comes of it is a contact.
SHARE = "share-number"
REMOVE = "Remove"
# With what a group's id begins.
GROUP = "g"
# `getUpdates` answers at once, also when there is nothing.
POLL_PAUSE_SECONDS = 1.0


class Rubika:
    """A Rubika bot: a webhook on an address with a secret in it, or polling."""

    default_url = "https://botapi.rubika.ir"
    # Rubika documents no limits; these are what its own apps keep to.
    capabilities = Capabilities(
        text=4096,
        caption=1024,
        buttons=20,
        button_title=64,
        files=True,
        upload=50_000_000,
        download=50_000_000,
        asks_number=True,
        per_second=10,
        chat_pause=timedelta(seconds=1),
    )

    def __init__(self, account: Account, client: httpx.AsyncClient) -> None:
        self._account = account
        self._api = RubikaApi(client, account.base_url or self.default_url, account.secret("token"))
        self._secret = account.secret("secret")
        self._keyboards = Keyboards()
        self._username = account.options.get("username", "").lstrip("@") or None

    def verify(self, headers: Mapping[str, str], body: bytes, path: str) -> bool:
        """By the secret in the address."""
        given, _, tail = path.partition("/")
        return same(given, self._secret) and tail in _TAILS

    def handshake(self, query: Mapping[str, str], path: str) -> str | None:
        """There is none."""
        return None

    def receive(self, body: bytes) -> tuple[Incoming, ...]:
        """Read an update or a pressed button."""
        return updates(body, self._username)

    async def acknowledge(self, incoming: Incoming) -> None:
        """A pressed button has no spinner here."""

    async def typing(self, chat: str) -> None:
        """Rubika shows no such sign of bots."""

    async def deliver(self, outgoing: Outgoing) -> Result:
        """Send words with a keypad, or one file."""
        values: dict[str, Any] = {"chat_id": outgoing.chat}
        if outgoing.text:
            values["text"] = outgoing.text
        if outgoing.buttons or _shares(outgoing):
            values |= _keypad(outgoing)
        elif self._keyboards.over(outgoing.chat, turn=outgoing.turn):
            values["chat_keypad_type"] = REMOVE
        try:
            method = "sendMessage"
            if outgoing.file is not None:
                if outgoing.file.size > self.capabilities.upload:
                    return Never(TOO_LARGE)
                method = "sendFile"
                kind = _kind(outgoing.file.type)
                values["file_id"] = await self._api.upload(outgoing.file, kind)
            sent = await self._api.call(method, values)
        except RubikaFailed as failed:
            return failed.outcome
        except OSError as error:
            return Later(f"file {type(error).__name__}")
        if "chat_keypad" in values:
            self._keyboards.put(outgoing.chat, turn=outgoing.turn)
        elif "chat_keypad_type" in values:
            self._keyboards.take(outgoing.chat)
        return Arrived(string(sent, "message_id") or None)

    async def fetch(self, file: RemoteFile, *, limit: int) -> AsyncGenerator[bytes, None]:
        """The file's bytes, piece by piece; `FetchFailed` also when there are more than `limit`."""
        most = most_bytes(file, self.capabilities, limit=limit)
        async for piece in self._api.fetch(file.id, limit=most):
            yield piece

    async def poll(self, offset: str | None) -> tuple[tuple[Incoming, ...], str | None]:
        """Ask for updates; pressed inline buttons come by webhook alone, keypads' as messages."""
        values: dict[str, Any] = {"limit": _AT_ONCE}
        if offset:
            values["offset_id"] = offset
        try:
            found = await self._api.call("getUpdates", values)
        except RubikaFailed as failed:
            raise FetchFailed(str(failed)) from None
        given = mappings(found, "updates")
        if not given:
            await anyio.sleep(POLL_PAUSE_SECONDS)
        following = string(found, "next_offset_id") or offset
        return tuple(each for one in given for each in read(one, self._username)), following

    async def check(self) -> str:
        """The bot's name."""
        bot = mapping(await self._ask("getMe", {}), "bot")
        self._username = string(bot, "username") or self._username
        return f"@{self._username}" if self._username else string(bot, "bot_title") or "a bot"

    async def register(self, address: str) -> str:
        """Have updates and pressed buttons sent here."""
        for kind in ENDPOINTS:
            values = {"url": f"{address}/{self._secret}", "type": kind}
            await self._ask("updateBotEndpoints", values)
        return "both endpoints are set, on an address nobody can guess"

    async def unregister(self) -> str:
        """Have them sent nowhere."""
        for kind in ENDPOINTS:
            await self._ask("updateBotEndpoints", {"url": "", "type": kind})
        return "no endpoint is set; updates are polled"

    async def _ask(self, method: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return await self._api.call(method, values)
        except RubikaFailed as failed:
            wrong = failed.status in (INVALID_ACCESS, "INVALID_TOKEN")
            remedy = "the token is wrong" if wrong else "check base_url, proxy and the network"
            raise ChannelError(f"{self._account.name}: {method}: {failed}; {remedy}") from None


def _keypad(outgoing: Outgoing) -> dict[str, Any]:
    """Below the chat, until it is used: a press is then a message of its own, which polling brings too."""
    keys = [
        {"id": each.id, "type": "Simple", "button_text": each.title} for each in outgoing.buttons
    ]
    if _shares(outgoing):
        keys.insert(0, {"id": SHARE, "type": "AskMyPhoneNumber", "button_text": outgoing.share})
    rows = [{"buttons": [key]} for key in keys]
    keypad = {"rows": rows, "resize_keyboard": True, "on_time_keyboard": True}
    return {"chat_keypad_type": "New", "chat_keypad": keypad}


def _shares(outgoing: Outgoing) -> bool:
    return bool(outgoing.share) and not outgoing.chat.startswith(GROUP)


def _kind(type: str) -> str:
    if type in ("image/jpeg", "image/png", "image/webp"):
        return "Image"
    if type == "image/gif":
        return "Gif"
    if type == "video/mp4":
        return "Video"
    return "Voice" if type == "audio/ogg" else "File"
