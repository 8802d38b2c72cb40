"""An account that speaks the Bot API: what Telegram and Bale have in common."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any

import httpx

from jawab.channels.account import Account
from jawab.channels.bot_api import BotApi, CallFailed
from jawab.channels.bot_updates import Me, read, updates
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
from jawab.channels.download import most_bytes
from jawab.channels.keyboards import Keyboards
from jawab.support.deliveries.delivery import Arrived, Later

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
POLL_SECONDS = 25
PHOTO_BYTES = 10_000_000
INLINE, KEYBOARD, REMOVE = "inline_keyboard", "keyboard", "remove_keyboard"
_PHOTOS = frozenset(("image/jpeg", "image/png", "image/webp"))


class BotChannel:
    """One bot; an app's own module says what is its address and what it can do."""

    capabilities: Capabilities
    default_url: str

    def __init__(self, account: Account, client: httpx.AsyncClient) -> None:
        token = account.secret("token")
        self._account = account
        self._api = BotApi(client, account.base_url or self.default_url, token)
        username = account.options.get("username", "").lstrip("@") or None
        self._me = Me(token.partition(":")[0], username)
        self._keyboards = Keyboards()

    def handshake(self, query: Mapping[str, str], path: str) -> str | None:
        """There is none."""
        return None

    def receive(self, body: bytes) -> tuple[Incoming, ...]:
        """Read one update."""
        return updates(body, self._me)

    async def acknowledge(self, incoming: Incoming) -> None:
        """End the button's spinner."""
        if incoming.press is not None:
            await self._try("answerCallbackQuery", {"callback_query_id": incoming.press})

    async def typing(self, chat: str) -> None:
        """Show "typing…" for five seconds, or until the message."""
        await self._try("sendChatAction", {"chat_id": _chat(chat), "action": "typing"})

    async def deliver(self, outgoing: Outgoing) -> Result:
        """Send words with their buttons, or one file; plain text, so that nothing in it means anything."""
        values: dict[str, Any] = {"chat_id": _chat(outgoing.chat)}
        if markup := self._markup(outgoing):
            values["reply_markup"] = markup
        try:
            if outgoing.file is None:
                sent = await self._api.call("sendMessage", {**values, "text": outgoing.text})
            else:
                sent = await self._send_file(outgoing, outgoing.file, values)
        except CallFailed as failed:
            return failed.outcome
        except OSError as error:
            return Later(f"file {type(error).__name__}")
        if KEYBOARD in markup:
            self._keyboards.put(outgoing.chat, turn=outgoing.turn)
        elif REMOVE in markup:
            self._keyboards.take(outgoing.chat)
        number = sent.get("message_id") if isinstance(sent, dict) else None
        return Arrived(str(number) if number is not None else None)

    async def fetch(self, file: RemoteFile, *, limit: int) -> AsyncGenerator[bytes, None]:
        """The file's bytes, piece by piece; `FetchFailed` also when there are more than `limit`."""
        most = most_bytes(file, self.capabilities, limit=limit)
        async for piece in self._api.fetch(file.id, limit=most):
            yield piece

    async def poll(self, offset: str | None) -> tuple[tuple[Incoming, ...], str | None]:
        """Wait for updates; asking with an offset tells the app that those before it are stored."""
        values: dict[str, Any] = {"timeout": POLL_SECONDS, "allowed_updates": list(ALLOWED)}
        if offset is not None and offset.isdecimal():
            values["offset"] = int(offset)
        try:
            found = await self._api.call("getUpdates", values, seconds=POLL_SECONDS + 10)
        except CallFailed as failed:
            raise FetchFailed(failed.reason) from None
        given = found if isinstance(found, list) else []
        numbers = [one["update_id"] for one in given if _is_numbered(one)]
        following = str(max(numbers) + 1) if numbers else offset
        return tuple(each for one in given for each in read(one, self._me)), following

    async def check(self) -> str:
        """The bot's name, as the app gives it."""
        found = await self._ask("getMe", {})
        self._me = Me(str(found.get("id", self._me.id)), found.get("username") or self._me.username)
        return f"@{self._me.username}" if self._me.username else f"bot {self._me.id}"

    def _markup(self, outgoing: Outgoing) -> dict[str, Any]:
        """Choices stand under their message. The key that shares one's number can only stand below the chat, in a private one; it and
        the choices of a form's next questions replace each other there, until a message has none.
        """
        private = outgoing.chat == outgoing.sender
        up = private and self._keyboards.stands(outgoing.chat)
        share = outgoing.share if private else ""
        if share or (up and outgoing.form and outgoing.buttons):
            asks = [{"text": share, "request_contact": True}] if share else []
            keys = [*asks, *({"text": each.title} for each in outgoing.buttons)]
            rows = [[key] for key in keys]
            return {KEYBOARD: rows, "resize_keyboard": True, "one_time_keyboard": True}
        if outgoing.buttons:
            rows = [[{"text": each.title, "callback_data": each.id}] for each in outgoing.buttons]
            return {INLINE: rows}
        return {REMOVE: True} if self._keyboards.over(outgoing.chat, turn=outgoing.turn) else {}

    async def _ask(self, method: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            found = await self._api.call(method, values)
        except CallFailed as failed:
            raise ChannelError(f"{self._account.name}: {method}: {_remedy(failed)}") from None
        return found if isinstance(found, dict) else {}

    async def _try(self, method: str, values: Mapping[str, Any]) -> None:
        try:
            await self._api.call(method, values)
        except CallFailed:
            return

    async def _send_file(
        self, outgoing: Outgoing, file: OutgoingFile, values: dict[str, Any]
    ) -> Any:
        if file.size > self.capabilities.upload:
            raise CallFailed(400, TOO_LARGE)
        caption = {"caption": outgoing.text} if outgoing.text else {}
        method, field = "sendDocument", "document"
        if file.type in _PHOTOS and file.size <= PHOTO_BYTES:
            method, field = "sendPhoto", "photo"
        elif file.type == "video/mp4":
            method, field = "sendVideo", "video"
        return await self._api.call(method, {**values, **caption}, file=(field, file))


def _remedy(failed: CallFailed) -> str:
    if failed.code in (401, 404):
        return f"{failed.reason}; the token is wrong"
    if failed.code == 0:
        return f"{failed.reason}; check base_url, proxy and the network"
    return failed.reason


def _chat(chat: str) -> int | str:
    digits = chat.removeprefix("-")
    return int(chat) if digits.isascii() and digits.isdecimal() else chat


def _is_numbered(update: Any) -> bool:
    number = update.get("update_id") if isinstance(update, dict) else None
    return isinstance(number, int) and not isinstance(number, bool)
