"""Calls of Rubika's Bot API, version 3: https://rubika.ir/botapi"""

from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from jawab.channels.contract import FetchFailed, OutgoingFile, Result
from jawab.channels.download import download
from jawab.channels.fields import mapping, parsed, string
from jawab.support.deliveries.delivery import Later, Never

UPLOAD_SECONDS = 90.0
OK, INVALID_INPUT, INVALID_ACCESS = "OK", "INVALID_INPUT", "INVALID_ACCESS"
TOO_MANY = "TOO_REQUESTS"
# It does not say for how long.
REST = timedelta(seconds=10)
_FINAL: Mapping[str, str] = {
    INVALID_INPUT: "Rubika does not take this message",
    INVALID_ACCESS: "no access to this chat",
}


class RubikaFailed(Exception):
    """Rubika refused (`status` is its own word) or could not be reached; nothing in here quotes a shopper."""

    def __init__(self, status: str, *, known: bool = True) -> None:
        super().__init__(f"Rubika {status}")
        self.status = status
        self._known = known

    @property
    def outcome(self) -> Result:
        """What it means for a message: Rubika's word counts, a proxy's page does not."""
        if not self._known:
            return Later(self.status)
        if self.status in _FINAL:
            return Never(_FINAL[self.status])
        return Later(str(self), REST if self.status == TOO_MANY else None)


class RubikaApi:
    """The calls of one bot. Its token is part of every address, so no address is ever shown or logged."""

    def __init__(self, client: httpx.AsyncClient, base_url: str, token: str) -> None:
        self._client = client
        self._host = urlsplit(base_url).netloc
        self._calls = f"{base_url.rstrip('/')}/v3/{token}"

    async def call(self, method: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a call gives, or `RubikaFailed`."""
        request = self._client.build_request("POST", f"{self._calls}/{method}", json=dict(values))
        return await self._send(request)

    async def upload(self, file: OutgoingFile, kind: str) -> str:
        """The id under which Rubika keeps a file for us: it gives an address, the file goes there. `RubikaFailed`, `OSError`."""
        place = string(await self.call("requestSendFile", {"type": kind}), "upload_url")
        if not self._is_theirs(place):
            raise RubikaFailed("no address for the file", known=False)
        with file.path.open("rb") as content:
            request = self._client.build_request(
                "POST",
                place,
                files={"file": (file.name, content, file.type)},
                timeout=UPLOAD_SECONDS,
            )
            found = await self._send(request)
        if not (id := string(found, "file_id")):
            raise RubikaFailed("no id of the file", known=False)
        return id

    async def fetch(self, file_id: str, *, limit: int) -> AsyncGenerator[bytes, None]:
        """The bytes of a shopper's file; `FetchFailed`."""
        try:
            found = await self.call("getFile", {"file_id": file_id})
        except RubikaFailed as failed:
            raise FetchFailed(str(failed), final=isinstance(failed.outcome, Never)) from None
        address = string(found, "download_url")
        if not self._is_theirs(address):
            raise FetchFailed("no address of the file", final=True)
        pieces = download(self._client, address, limit=limit)
        async for piece in pieces:
            yield piece

    def _is_theirs(self, address: str) -> bool:
        """Whether it is an address in the open net, or on the very server that was asked."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        return bool(parts.netloc) and (parts.scheme == "https" or parts.netloc == self._host)

    async def _send(self, request: httpx.Request) -> Mapping[str, Any]:
        try:
            response = await self._client.send(request)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RubikaFailed(f"network {type(error).__name__}", known=False) from None
        found = parsed(response.content)
        status = string(found, "status")
        if status == OK:
            return mapping(found, "data")
        if status.isupper() and len(status) < 40:
            raise RubikaFailed(status)
        raise RubikaFailed(f"http {response.status_code}", known=False)
