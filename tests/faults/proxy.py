"""What may go wrong on the way from the desk to Rasa: a small proxy on loopback, in front of the real one."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

DELAY_SECONDS = 30.0
# Before Rasa has the message, and after it has answered it.
BEFORE = ("slow", "fail", "empty", "garbage")
AFTER = ("answer slow", "answer failed", "answer empty", "answer garbage", "answer cut")
_HOP = frozenset(("content-length", "transfer-encoding", "connection", "keep-alive"))


class Cut(Exception):
    """The connection breaks in the middle of an answer."""


class FaultyDoor:
    """Lets everything through to Rasa, but spoils a share of the messages in a way drawn from the seed.

    `faults` counts what was done; `share` may be changed while it runs.
    """

    def __init__(self, rasa: str, *, share: float, seed: random.Random) -> None:
        self.share = share
        self.faults: Counter[str] = Counter()
        self.only: tuple[str, ...] = (*BEFORE, *AFTER)
        self._random = seed
        self._rasa = rasa
        self._client: httpx.AsyncClient | None = None
        self.app = Starlette(
            routes=[Route("/{path:path}", self._pass, methods=["GET", "POST"])],
            exception_handlers={Cut: _raise},
        )

    def lead_to(self, rasa: str) -> None:
        """Say where Rasa is."""
        self._rasa = rasa

    async def _pass(self, request: Request) -> Response:
        is_message = request.url.path.startswith("/webhooks/")
        spoiled = is_message and self._random.random() < self.share
        fault = self._random.choice(self.only) if spoiled else None
        if fault is not None:
            self.faults[fault] += 1
        body = await request.body()
        if fault == "slow":
            await self._while_there(request, DELAY_SECONDS)
        if fault in BEFORE and fault != "slow":
            return _spoilt(fault)
        try:
            answer = await self._ask(request, body)
        except httpx.HTTPError:
            return PlainTextResponse("bad gateway", 502)
        if fault == "answer slow":
            await self._while_there(request, DELAY_SECONDS)
        elif fault == "answer cut":
            return StreamingResponse(
                _half(answer.content), headers={"Content-Length": str(len(answer.content))}
            )
        elif fault in AFTER:
            return _spoilt(fault.removeprefix("answer "))
        headers = {k: v for k, v in answer.headers.items() if k.lower() not in _HOP}
        return Response(answer.content, answer.status_code, headers)

    async def _ask(self, request: Request, body: bytes) -> httpx.Response:
        if self._client is None:
            self._client = httpx.AsyncClient(base_url=self._rasa, timeout=60, trust_env=False)
        path = f"{request.url.path}?{request.url.query}"
        kept = {k: v for k, v in request.headers.items() if k.lower() == "content-type"}
        asking = asyncio.ensure_future(
            self._client.request(request.method, path, content=body, headers=kept)
        )
        # Who hangs up at the proxy hangs up at Rasa, as it is without one.
        leaving = asyncio.ensure_future(_gone(request))
        await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        if not asking.done():
            asking.cancel()
            raise httpx.ReadError("the client has gone")
        return asking.result()

    async def _while_there(self, request: Request, seconds: float) -> None:
        leaving = asyncio.ensure_future(_gone(request))
        await asyncio.wait((leaving,), timeout=seconds)
        if leaving.done():
            raise Cut
        leaving.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _spoilt(how: str) -> Response:
    if how in ("fail", "failed"):
        return PlainTextResponse("Internal Server Error", 500)
    return Response("[]" if how == "empty" else '<html>[{"text": ', media_type="application/json")


async def _half(content: bytes):
    yield content[: len(content) // 2]
    raise Cut


def _raise(_request: Request, problem: Exception) -> Response:
    raise problem
