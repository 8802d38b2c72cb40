"""Fetching a file from where an app keeps it, never more of it than allowed."""

from collections.abc import AsyncGenerator, Mapping

import httpx

from jawab.channels.contract import TOO_LARGE, FetchFailed

SECONDS = 90.0
_GONE = frozenset((400, 401, 403, 404, 410))


async def download(
    client: httpx.AsyncClient, url: str, *, limit: int, headers: Mapping[str, str] | None = None
) -> AsyncGenerator[bytes, None]:
    """The bytes at this address, which is never shown; `FetchFailed` also as soon as there are more than `limit`."""
    size = 0
    try:
        async with client.stream("GET", url, headers=headers, timeout=SECONDS) as response:
            if response.status_code != httpx.codes.OK:
                gone = response.status_code in _GONE
                raise FetchFailed(f"http {response.status_code}", final=gone)
            async for piece in response.aiter_bytes():
                size += len(piece)
                if size > limit:
                    raise FetchFailed(TOO_LARGE, final=True)
                yield piece
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchFailed(f"network {type(error).__name__}") from None
