"""Fetching a file from where an app keeps it, never more of it than allowed."""

from collections.abc import AsyncGenerator, Collection, Mapping

import httpx

from jawab.channels.contract import TOO_LARGE, Capabilities, FetchFailed, RemoteFile

SECONDS = 90.0
GONE = frozenset((400, 401, 403, 404, 410))


def most_bytes(file: RemoteFile, capabilities: Capabilities, *, limit: int) -> int:
    """How many bytes of this file may come; `FetchFailed` for one that says itself that it has more."""
    most = min(limit, capabilities.download)
    if file.size is not None and file.size > most:
        raise FetchFailed(TOO_LARGE, final=True)
    return most


async def download(
    client: httpx.AsyncClient,
    url: str,
    *,
    limit: int,
    headers: Mapping[str, str] | None = None,
    gone: Collection[int] = GONE,
) -> AsyncGenerator[bytes, None]:
    """The bytes at this address, which is never shown; `FetchFailed` also as soon as there are more than `limit`.

    `gone` are the statuses after which asking again is no use.
    """
    size = 0
    try:
        async with client.stream("GET", url, headers=headers, timeout=SECONDS) as response:
            if response.status_code != httpx.codes.OK:
                final = response.status_code in gone
                raise FetchFailed(f"http {response.status_code}", final=final)
            async for piece in response.aiter_bytes():
                size += len(piece)
                if size > limit:
                    raise FetchFailed(TOO_LARGE, final=True)
                yield piece
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchFailed(f"network {type(error).__name__}") from None
