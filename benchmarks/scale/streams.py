"""Ever more open event streams at one desk: how soon one of them tells its shopper of a message, and the memory of each."""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.turns.doors import SHOP
from benchmarks.turns.processes import DESK, Group, jawab, resident

TOLD = 20
_FILES = 8192


@dataclass(frozen=True)
class _Stream:
    url: str
    headers: dict[str, str]
    response: aiohttp.ClientResponse


def streams(sizes: tuple[int, ...]) -> Iterator[dict[str, float]]:
    """Yield the costs at each number of streams; one desk without a bot, streams are added to those that are open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, _FILES)), hard))
    with tempfile.TemporaryDirectory() as folder:
        group = jawab(Path(folder))
        group.members = [group.member(DESK)]
        group.start()
        try:
            yield from asyncio.run(_measured(group, sizes))
        finally:
            group.stop()


async def _measured(group: Group, sizes: tuple[int, ...]) -> list[dict[str, float]]:
    found: list[dict[str, float]] = []
    quiet = resident(group.members)[DESK]
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                timeout=aiohttp.ClientTimeout(total=None),
                trust_env=False,
            )
        )
        open_streams: list[_Stream] = []
        for size in sizes:
            while len(open_streams) < size:
                open_streams.append(await _opened(session, group.url(DESK), stack))
            told = [
                await _told(session, stream, f"c{size}-{number}")
                for number, stream in enumerate(open_streams[-TOLD:])
            ]
            found.append(
                {
                    "streams": size,
                    "told after ms": round(statistics.median(told), 2),
                    "slowest ms": round(max(told), 2),
                    "desk MB": resident(group.members)[DESK],
                    "KB a stream": round((resident(group.members)[DESK] - quiet) * 1000 / size, 1),
                }
            )
    return found


async def _opened(session: aiohttp.ClientSession, desk: str, stack: AsyncExitStack) -> _Stream:
    async with session.post(f"{desk}/api/v1/conversations", json={"shop": SHOP}) as response:
        response.raise_for_status()
        opened = await response.json()
    url = f"{desk}/api/v1/conversations/{opened['id']}"
    headers = {"Authorization": f"Bearer {opened['token']}"}
    stream = await stack.enter_async_context(session.get(f"{url}/events", headers=headers))
    stream.raise_for_status()
    return _Stream(url, headers, stream)


async def _told(session: aiohttp.ClientSession, stream: _Stream, client_id: str) -> float:
    """Return the milliseconds from sending a message until the stream tells of it."""
    begin = time.perf_counter()
    body = {"client_id": client_id, "text": "سلام"}
    async with session.post(f"{stream.url}/messages", json=body, headers=stream.headers) as answer:
        answer.raise_for_status()
        id = (await answer.json())["id"]
    async for data in _data(stream.response):
        if data.get("id") == id:
            return 1000 * (time.perf_counter() - begin)
    raise RuntimeError("a stream ended before it told of its message")


async def _data(response: aiohttp.ClientResponse) -> AsyncIterator[dict[str, object]]:
    async for line in response.content:
        if line.startswith(b"data:"):
            yield json.loads(line[5:])
