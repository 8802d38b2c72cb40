"""Calls of the Bot API, which Telegram defines and Bale shares: https://core.telegram.org/bots/api#making-requests"""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx

from jawab.channels.contract import TOO_LARGE, FetchFailed, OutgoingFile, Result
from jawab.channels.download import GONE, download
from jawab.support.deliveries.delivery import Later, Never

UPLOAD_SECONDS = 90.0
_TOO_MANY, _FORBIDDEN, _BAD = 429, 403, 400
_TOO_BIG = "file is too big"
_LONGEST_REST = timedelta(hours=1)


class CallFailed(Exception):
    """The Bot API refused or could not be reached (`code` 0); `reason` holds no shopper's words."""

    def __init__(self, code: int, reason: str, *, rest: timedelta | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.rest = rest

    @property
    def outcome(self) -> Result:
        """What it means for a message: blocked and malformed ones never arrive, everything else may later."""
        if self.code == _FORBIDDEN:
            return Never("blocked")
        if self.code == _BAD:
            return Never(self.reason)
        return Later(self.reason, self.rest)


class BotApi:
    """The calls of one bot. Its token is part of every address, so no address is ever shown or logged."""

    def __init__(self, client: httpx.AsyncClient, base_url: str, token: str) -> None:
        self._client = client
        self._calls = f"{base_url.rstrip('/')}/bot{token}"
        self._files = f"{base_url.rstrip('/')}/file/bot{token}"

    async def call(
        self,
        method: str,
        values: Mapping[str, Any],
        *,
        file: tuple[str, OutgoingFile] | None = None,
        seconds: float | None = None,
    ) -> Any:
        """The result of a call, or `CallFailed`; `file` is the field it goes in, and goes as multipart/form-data. It takes the
        client's own time, `seconds` or a file's.
        """
        address = f"{self._calls}/{method}"
        timeout = httpx.USE_CLIENT_DEFAULT if seconds is None else seconds
        try:
            if file is None:
                response = await self._client.post(address, json=dict(values), timeout=timeout)
            else:
                field, sent = file
                with sent.path.open("rb") as content:
                    response = await self._client.post(
                        address,
                        data={key: _form_value(value) for key, value in values.items()},
                        files={field: (sent.name, content, sent.type)},
                        timeout=UPLOAD_SECONDS,
                    )
        except httpx.HTTPError as error:
            raise CallFailed(0, f"network {type(error).__name__}") from None
        return result_of(response)

    async def fetch(self, file_id: str, *, limit: int) -> AsyncGenerator[bytes, None]:
        """The bytes of a file; `FetchFailed`."""
        try:
            found = await self.call("getFile", {"file_id": file_id})
        except CallFailed as failed:
            raise FetchFailed(
                TOO_LARGE if failed.reason == _TOO_BIG else failed.reason, final=failed.code == _BAD
            ) from None
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str) or ".." in path:
            raise FetchFailed("no path", final=True)
        # A token that is refused may be mended.
        gone = GONE - {401, 403}
        pieces = download(self._client, f"{self._files}/{quote(path)}", limit=limit, gone=gone)
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece


def _form_value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def result_of(response: httpx.Response) -> Any:
    """What an answer of the Bot API's form says, or `CallFailed`."""
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise CallFailed(_outside_400(response.status_code), f"http {response.status_code}")
    if answer.get("ok") is True:
        return answer.get("result")
    code = answer.get("error_code")
    code = code if isinstance(code, int) else response.status_code
    parameters = answer.get("parameters")
    rest = parameters.get("retry_after") if isinstance(parameters, dict) else None
    raise CallFailed(code, _reason(code, answer.get("description")), rest=_rest(code, rest))


def _outside_400(status: int) -> int:
    """A proxy's page is no word of the app: it never makes a message undeliverable."""
    return 0 if status in (_BAD, _FORBIDDEN) else status


def _reason(code: int, description: Any) -> str:
    """The app's own words for well-known ends, which quote nobody; of everything else only the code."""
    said = description.lower() if isinstance(description, str) else ""
    known = ("chat not found", "user is deactivated", "bot was kicked", _TOO_BIG)
    return next((words for words in known if words in said), f"bot api {code}")


def _rest(code: int, seconds: Any) -> timedelta | None:
    if code != _TOO_MANY:
        return None
    usable = isinstance(seconds, int | float) and 0 < seconds <= _LONGEST_REST.total_seconds()
    return timedelta(seconds=seconds) if usable else timedelta(seconds=1)
