"""The Rasa server, asked over kept HTTP connections with a limit on every wait."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from jawab.desk.protocol import Answer, RasaFailure, answer_from_items, answer_from_tracker
from jawab.support.texts import for_bot
from jawab.text.language import Lang

_CONNECT_SECONDS = 2.0
_LOOK_SECONDS = 3.0
# Shorter than Sanic keeps an idle connection (5 s): no message goes out on one that the server is just closing.
_IDLE_SECONDS = 4.0


class Rasa:
    """One Rasa server. Every failure comes out as `RasaFailure`, whose reason holds no shopper's words.

    No proxy stands in between, and how many ask at once is bounded by who asks.
    """

    def __init__(self, url: str, *, token: str | None, timeout: timedelta) -> None:
        self._url = url.rstrip("/")
        self._token = {"token": token} if token else {}
        self._timeout = aiohttp.ClientTimeout(
            total=timeout.total_seconds(), sock_connect=_CONNECT_SECONDS
        )
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ask(self, question: dict[str, Any], *, prior: Lang) -> Answer:
        """Send one message and return the bot's answer."""
        items = await self._said("POST", "/webhooks/rest/webhook", json=question)
        return answer_from_items(items, message_id=question["metadata"]["message_id"], prior=prior)

    async def look_up(self, question: dict[str, Any], *, prior: Lang) -> Answer | None:
        """Return the answer Rasa has already given to this message, None when it has not."""
        sender = quote(question["sender"], safe="")
        tracker = await self._said(
            "GET",
            f"/conversations/{sender}/tracker",
            params={"include_events": "ALL", **self._token},
        )
        return answer_from_tracker(
            tracker, message_id=question["metadata"]["message_id"], prior=prior
        )

    async def understand(self, text: str) -> list[dict[str, Any]]:
        """What a text may mean, without a conversation: `{"intent", "confidence"}`, the likeliest first."""
        parsed = await self._said(
            "POST", "/model/parse", params=self._token, json={"text": for_bot(text)}
        )
        ranking = parsed.get("intent_ranking") if isinstance(parsed, dict) else None
        return [
            {"intent": one.get("name"), "confidence": one.get("confidence")}
            for one in ranking or ()
            if isinstance(one, dict)
        ]

    async def trouble(self) -> str | None:
        """Why Rasa cannot answer now; None when it runs with a model."""
        try:
            status = await self._said(
                "GET",
                "/status",
                params=self._token,
                timeout=aiohttp.ClientTimeout(total=_LOOK_SECONDS),
            )
        except RasaFailure as failure:
            return "no_model" if failure.reason == "status_409" else failure.reason
        loaded = isinstance(status, dict) and status.get("model_file")
        return None if loaded else "no_model"

    async def _said(self, method: str, path: str, **request: Any) -> Any:
        """The JSON that Rasa answers this with."""
        address = URL(self._url + path, encoded=True)
        async with _failing(), self._connections().request(method, address, **request) as response:
            if response.status != HTTPStatus.OK:
                raise RasaFailure(f"status_{response.status}")
            content = await response.read()
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise RasaFailure("not_json") from error

    def _connections(self) -> aiohttp.ClientSession:
        if self._session is None:  # made where the event loop runs
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_IDLE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=self._timeout,
            )
        return self._session


@asynccontextmanager
async def _failing() -> AsyncIterator[None]:
    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError) as error:
        raise RasaFailure("not_reached", reached=False) from error
    except asyncio.TimeoutError as error:
        raise RasaFailure("timeout") from error
    except (aiohttp.ClientError, OSError) as error:
        raise RasaFailure("connection_lost") from error
