"""The Rasa server, asked over pooled HTTP connections with a limit on every wait."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import anyio
import httpx

from jawab.desk.protocol import Answer, RasaFailure, answer_from_items, answer_from_tracker
from jawab.support.texts import for_bot
from jawab.text.language import Lang

_CONNECT_SECONDS = 2.0
_LOOK_SECONDS = 3.0


class Rasa:
    """One Rasa server. Every failure comes out as `RasaFailure`, whose reason holds no shopper's words."""

    def __init__(
        self, client: httpx.AsyncClient, url: str, *, token: str | None, timeout: timedelta
    ) -> None:
        self._client = client
        self._url = url.rstrip("/")
        self._token = {"token": token} if token else {}
        self._seconds = timeout.total_seconds()

    async def ask(self, question: dict[str, Any], *, prior: Lang) -> Answer:
        """Send one message and return the bot's answer."""
        async with _failing():
            with anyio.fail_after(self._seconds):
                response = await self._client.post(
                    f"{self._url}/webhooks/rest/webhook",
                    json=question,
                    timeout=httpx.Timeout(self._seconds, connect=_CONNECT_SECONDS),
                )
            items = _json(response)
        return answer_from_items(items, message_id=question["metadata"]["message_id"], prior=prior)

    async def look_up(self, question: dict[str, Any], *, prior: Lang) -> Answer | None:
        """Return the answer Rasa has already given to this message, None when it has not."""
        sender = quote(question["sender"], safe="")
        async with _failing():
            with anyio.fail_after(self._seconds):
                response = await self._client.get(
                    f"{self._url}/conversations/{sender}/tracker",
                    params={"include_events": "ALL", **self._token},
                    timeout=httpx.Timeout(self._seconds, connect=_CONNECT_SECONDS),
                )
            tracker = _json(response)
        return answer_from_tracker(
            tracker, message_id=question["metadata"]["message_id"], prior=prior
        )

    async def understand(self, text: str) -> list[dict[str, Any]]:
        """What a text may mean, without a conversation: `{"intent", "confidence"}`, the likeliest first."""
        async with _failing():
            with anyio.fail_after(self._seconds):
                response = await self._client.post(
                    f"{self._url}/model/parse",
                    params=self._token,
                    json={"text": for_bot(text)},
                    timeout=httpx.Timeout(self._seconds, connect=_CONNECT_SECONDS),
                )
            parsed = _json(response)
        ranking = parsed.get("intent_ranking") if isinstance(parsed, dict) else None
        return [
            {"intent": one.get("name"), "confidence": one.get("confidence")}
            for one in ranking or ()
            if isinstance(one, dict)
        ]

    async def trouble(self) -> str | None:
        """Why Rasa cannot answer now; None when it runs with a model."""
        try:
            async with _failing():
                with anyio.fail_after(_LOOK_SECONDS):
                    status = _json(
                        await self._client.get(f"{self._url}/status", params=self._token)
                    )
        except RasaFailure as failure:
            return "no_model" if failure.reason == "status_409" else failure.reason
        loaded = isinstance(status, dict) and status.get("model_file")
        return None if loaded else "no_model"


def client() -> httpx.AsyncClient:
    """The pool of connections for everything the desk asks inside; no proxy stands in between."""
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=32)
    return httpx.AsyncClient(limits=limits, timeout=_LOOK_SECONDS, trust_env=False)


@asynccontextmanager
async def _failing() -> AsyncIterator[None]:
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise RasaFailure("not_reached", reached=False) from error
    except (TimeoutError, httpx.TimeoutException) as error:
        raise RasaFailure("timeout") from error
    except httpx.HTTPError as error:
        raise RasaFailure("connection_lost") from error


def _json(response: httpx.Response) -> Any:
    if response.status_code != httpx.codes.OK:
        raise RasaFailure(f"status_{response.status_code}")
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError) as error:
        raise RasaFailure("not_json") from error
