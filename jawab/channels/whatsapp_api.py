"""Calls of the Graph API for one phone number of WhatsApp.

https://developers.facebook.com/documentation/business-messaging/whatsapp/reference
"""

from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from jawab.channels.contract import TOO_LARGE, FetchFailed, OutgoingFile, Result
from jawab.channels.download import download
from jawab.channels.fields import mapping, parsed, size, string
from jawab.channels.whatsapp_problems import outcome, problem

UPLOAD_SECONDS = 90.0
_NOT_FOUND = frozenset((33, 100, 131052))
_MEDIA_HOSTS = (".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net")
_LONGEST_REST = 3600


class GraphFailed(Exception):
    """The Graph API refused (`code` is its own) or could not be reached (`status` 0); nothing in here quotes a shopper."""

    def __init__(self, code: int | None, status: int, rest: timedelta | None = None) -> None:
        super().__init__(problem(code) if code is not None else f"http {status}")
        self.code = code
        self.status = status
        self._rest = rest

    @property
    def outcome(self) -> Result:
        """What it means for a message."""
        return outcome(self.code, self.status, rest=self._rest)


class GraphApi:
    """The calls; the token goes in a header, so that addresses may be known."""

    def __init__(self, client: httpx.AsyncClient, base_url: str, version: str, token: str) -> None:
        self._client = client
        self._base = f"{base_url.rstrip('/')}/{version}"
        self._origin = _origin(base_url)
        self._headers = {"Authorization": f"Bearer {token}"}

    async def ask(self, path: str, **query: str) -> Mapping[str, Any]:
        """What a GET gives; `GraphFailed`."""
        return await self._send(
            self._client.build_request("GET", f"{self._base}/{path}", params=query)
        )

    async def tell(self, path: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a POST of these values gives; `GraphFailed`."""
        return await self._send(
            self._client.build_request("POST", f"{self._base}/{path}", json=dict(values))
        )

    async def upload(self, path: str, file: OutgoingFile) -> str:
        """The id under which WhatsApp keeps a file for us; `GraphFailed`, `OSError`."""
        with file.path.open("rb") as content:
            request = self._client.build_request(
                "POST",
                f"{self._base}/{path}",
                data={"messaging_product": "whatsapp", "type": file.type},
                files={"file": (file.name, content, file.type)},
                timeout=UPLOAD_SECONDS,
            )
            found = await self._send(request)
        return string(found, "id")

    async def fetch(self, media: str, *, limit: int, phone: str) -> AsyncGenerator[bytes, None]:
        """The bytes of a shopper's file; its address is asked for, and lives five minutes. `FetchFailed`."""
        try:
            found = await self.ask(quote(media, safe=""), phone_number_id=phone)
        except GraphFailed as failed:
            raise FetchFailed(str(failed), final=failed.code in _NOT_FOUND) from None
        if (size(found.get("file_size")) or 0) > limit:
            raise FetchFailed(TOO_LARGE, final=True)
        address = string(found, "url")
        if not self._is_theirs(address):
            raise FetchFailed("no address of WhatsApp", final=True)
        pieces = download(self._client, address, limit=limit, headers=self._headers)
        async for piece in pieces:
            yield piece

    def _is_theirs(self, address: str) -> bool:
        """Whether the token may be shown there."""
        try:
            parts = urlsplit(address)
            own = _origin(address) == self._origin
        except ValueError:
            return False
        return own or (parts.scheme == "https" and (parts.hostname or "").endswith(_MEDIA_HOSTS))

    async def _send(self, request: httpx.Request) -> Mapping[str, Any]:
        request.headers.update(self._headers)
        try:
            response = await self._client.send(request)
        except httpx.HTTPError:
            raise GraphFailed(None, 0) from None
        found = parsed(response.content)
        error = mapping(found, "error")
        if not error and response.is_success and found:
            return found
        code = error.get("code")
        known = code if isinstance(code, int) and not isinstance(code, bool) else None
        rest = size(response.headers.get("retry-after"))
        pause = timedelta(seconds=min(rest, _LONGEST_REST)) if rest else None
        raise GraphFailed(known, response.status_code, pause)


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port
