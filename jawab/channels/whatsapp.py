"""WhatsApp Business through Meta's Cloud API: https://developers.facebook.com/documentation/business-messaging/whatsapp"""

import hashlib
import hmac
import re
from collections.abc import AsyncGenerator, Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import TypeVar

import httpx

from jawab.channels import whatsapp_messages as messages
from jawab.channels.account import Account
from jawab.channels.contract import (
    TOO_LARGE,
    Capabilities,
    ChannelError,
    Incoming,
    Outgoing,
    OutgoingFile,
    RemoteFile,
    Result,
)
from jawab.channels.download import most_bytes
from jawab.channels.fields import mappings, string
from jawab.channels.secret import same
from jawab.channels.whatsapp_api import GraphApi, GraphFailed
from jawab.channels.whatsapp_problems import WINDOW_CLOSED, problem
from jawab.channels.whatsapp_updates import updates
from jawab.support.deliveries.delivery import Arrived, Held, Later, Never
from jawab.text.language import Lang

SIGNATURE = "x-hub-signature-256"
WINDOW = timedelta(hours=24)
_VERSION = "v23.0"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{1,200}")
_REMEMBERED = 10_000
Kept = TypeVar("Kept")


def utc_now() -> datetime:
    """The clock that the 24 hours are measured by."""
    return datetime.now(timezone.utc)


class WhatsApp:
    """One phone number of a WhatsApp Business account."""

    default_url = "https://graph.facebook.com"
    capabilities = Capabilities(
        text=4096,
        caption=1024,
        buttons=messages.LIST_ROWS,
        button_title=messages.LIST_TITLE,
        button_text=1024,
        files=True,
        upload=100_000_000,
        download=100_000_000,
        per_second=40,
        chat_pause=timedelta(seconds=1),
    )

    def __init__(
        self,
        account: Account,
        client: httpx.AsyncClient,
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._account = account
        self._phone = account.options.get("phone_id", "")
        if not self._phone.isdecimal():
            raise ChannelError(
                f"{account.name}: phone_id: write the id of the phone number, digits from the app's page at Meta"
            )
        version = account.options.get("version", _VERSION)
        base = account.base_url or self.default_url
        self._api = GraphApi(client, base, version, account.secret("token"))
        self._app_secret = account.secret("app_secret").encode()
        self._verify_token = account.secret("verify_token")
        self._template = account.options.get("template")
        languages = account.options.get("template_langs", "").replace(",", " ").split()
        self._languages = tuple(languages or [lang.value for lang in Lang])
        self._clock = clock
        self._last: dict[str, str] = {}
        self._knocked: dict[str, datetime] = {}

    def verify(self, headers: Mapping[str, str], body: bytes, path: str) -> bool:
        """By the signature over the raw body, made with the app's secret."""
        signed = hmac.new(self._app_secret, body, hashlib.sha256).hexdigest()
        return path == "" and same(headers.get(SIGNATURE, ""), f"sha256={signed}")

    def handshake(self, query: Mapping[str, str], path: str) -> str | None:
        """The challenge, for whoever knows the token that was given to Meta."""
        challenge = query.get("hub.challenge", "")
        asked = path == "" and query.get("hub.mode") == "subscribe"
        known = same(query.get("hub.verify_token", ""), self._verify_token)
        return challenge if asked and known and _CHALLENGE.fullmatch(challenge) else None

    def receive(self, body: bytes) -> tuple[Incoming, ...]:
        """Read one webhook: messages, and what became of ours."""
        found = updates(body, self._phone)
        for incoming in found:
            if incoming.id:
                _remember(self._last, incoming.chat, incoming.id)
        return found

    async def acknowledge(self, incoming: Incoming) -> None:
        """A pressed button has no spinner here."""

    async def typing(self, chat: str) -> None:
        """Show two blue ticks and "typing…", under the last message that came here."""
        if (message := self._last.get(chat)) is None:
            return
        try:
            await self._api.tell(f"{self._phone}/messages", messages.seen(message))
        except GraphFailed:
            return

    async def deliver(self, outgoing: Outgoing) -> Result:
        """Send it; when the shopper's last message is older than a day, only the template that says there is an answer.

        The answer itself is then `Held`, until they write.
        """
        heard = outgoing.heard_at
        if heard is not None and self._clock() - heard >= WINDOW:
            return await self._knock(outgoing, heard)
        try:
            return await self._send(outgoing)
        except GraphFailed as failed:
            if failed.code == WINDOW_CLOSED:
                return await self._knock(outgoing, heard or self._clock())
            return failed.outcome
        except OSError as error:
            return Later(f"file {type(error).__name__}")

    async def fetch(self, file: RemoteFile, *, limit: int) -> AsyncGenerator[bytes, None]:
        """The file's bytes, piece by piece; `FetchFailed` also when there are more than `limit`."""
        most = most_bytes(file, self.capabilities, limit=limit)
        async for piece in self._api.fetch(file.id, limit=most, phone=self._phone):
            yield piece

    async def check(self) -> str:
        """The phone number and the name that shoppers see."""
        fields = "display_phone_number,verified_name"
        try:
            found = await self._api.ask(self._phone, fields=fields)
        except GraphFailed as failed:
            raise ChannelError(f"{self._account.name}: {_remedy(failed)}") from None
        shown = (string(found, "display_phone_number"), string(found, "verified_name"))
        name = " ".join(part for part in shown if part) or self._phone
        return name if self._template else f"{name}; no template: is set for after 24 hours"

    async def register(self, address: str) -> str:
        """Have this number's webhooks sent here; Meta asks at once whether the address is ours, or it is done by hand."""
        values = {
            "webhook_configuration": {
                "override_callback_uri": address,
                "verify_token": self._verify_token,
            }
        }
        try:
            await self._api.tell(self._phone, values)
        except GraphFailed:  # the desk knows the account only when it is started again
            return (
                f"Meta was not answered at {address} yet: start the desk again, then enter this address and the"
                " verify_token at Meta, under WhatsApp, Configuration, and subscribe to `messages`"
            )
        return "the webhook of this number is set; at Meta, subscribe the app to `messages`"

    async def unregister(self) -> str:
        """Have them sent to the app's own address again."""
        values = {"webhook_configuration": {"override_callback_uri": ""}}
        try:
            await self._api.tell(self._phone, values)
        except GraphFailed as failed:
            raise ChannelError(f"{self._account.name}: {_remedy(failed)}") from None
        return "the number has no webhook of its own any more"

    async def _send(self, outgoing: Outgoing) -> Result:
        if outgoing.file is None:
            values = messages.words(outgoing)
        else:
            if outgoing.file.size > self.capabilities.upload:
                return Never(TOO_LARGE)
            values = messages.file(outgoing, outgoing.file, await self._uploaded(outgoing.file))
        return await self._tell(values)

    async def _uploaded(self, file: OutgoingFile) -> str:
        if not (media := await self._api.upload(f"{self._phone}/media", file)):
            raise GraphFailed(None, 0)
        return media

    async def _tell(self, values: Mapping[str, object]) -> Result:
        found = await self._api.tell(f"{self._phone}/messages", values)
        sent = next(iter(mappings(found, "messages")), {})
        return Arrived(string(sent, "id") or None)

    async def _knock(self, outgoing: Outgoing, heard: datetime) -> Result:
        """Say once that there is an answer; again only after the shopper has written and been silent for another day."""
        if not self._template:
            return Never(f"{problem(WINDOW_CLOSED)}, and no template is set")
        if self._knocked.get(outgoing.chat) == heard:
            return Held()
        language = next(
            (each for each in self._languages if each[:2] == outgoing.lang.value),
            self._languages[0],
        )
        try:
            await self._tell(messages.template(outgoing.chat, self._template, language))
        except GraphFailed as failed:
            return failed.outcome
        _remember(self._knocked, outgoing.chat, heard)
        return Held()


def _remember(known: dict[str, Kept], chat: str, value: Kept) -> None:
    """Keep the latest for each of so many chats."""
    known.pop(chat, None)
    known[chat] = value
    if len(known) > _REMEMBERED:
        del known[next(iter(known))]


def _remedy(failed: GraphFailed) -> str:
    if failed.status == 0:
        return "the Graph API cannot be reached; check base_url, proxy and the network"
    return f"the Graph API says: {failed}"
