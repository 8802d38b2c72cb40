"""Live news between the desks of one database, by Redis publish/subscribe (https://redis.io/docs/latest/develop/pubsub/).

News is delivered here at once and to the other desks by way of Redis. Redis keeps nothing, so each desk looks into the
database for everything it may have missed: again and again while Redis is away, and once when it is back. A stream of events
then reads from where it stood; news of typing, which is in no database, is lost.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from jawab.desk.hub import InProcessHub, News, Subscription

log = structlog.get_logger()

CHANNEL = "jawab:news"
# Sent after news may have been lost on the way out: everybody looks into the database.
GAP = "gap"
_AWAY_SECONDS = 2.0
_LONGEST_PAUSE_SECONDS = 10.0
_PATIENCE_SECONDS = 5.0
# News that waits for Redis; more than that is a gap.
_MOST_WAITING = 10_000


class RedisHub:
    """A hub for several desks; only for its event loop's thread. `publish` never waits."""

    def __init__(self, url: str) -> None:
        self._here = InProcessHub()
        self._redis = Redis.from_url(
            url, socket_connect_timeout=_PATIENCE_SECONDS, health_check_interval=30
        )
        self._name = secrets.token_hex(8)
        self._waiting: asyncio.Queue[str] = asyncio.Queue(_MOST_WAITING)
        self._gap = False
        self._connected = False
        self._tasks: tuple[asyncio.Task[None], ...] = ()

    def start(self) -> None:
        """Listen to the other desks and speak to them."""
        self._tasks = (
            asyncio.create_task(self._listen(), name="news of other desks"),
            asyncio.create_task(self._speak(), name="news for other desks"),
            asyncio.create_task(self._do_without(), name="news without Redis"),
        )

    async def stop(self) -> None:
        """Say what waits if that goes at once, and leave."""
        if self._connected:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._waiting.join(), timeout=1)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._redis.close()

    async def trouble(self) -> str | None:
        """Why the other desks are not heard; None when they are."""
        return None if self._connected else "not_reached"

    def overhear(self, listener: Callable[[str, News], None]) -> None:
        """Call this with everything that is published at any desk; it must not wait."""
        self._here.overhear(listener)

    def publish(self, conversation_id: str, news: News) -> None:
        """Tell every listener of this conversation, here and at the other desks."""
        self._here.publish(conversation_id, news)
        self._send({"about": conversation_id, "kind": news.kind, "data": dict(news.data)})

    def subscribe(self, conversation_id: str) -> AbstractContextManager[Subscription]:
        """Listen to this conversation while the context lasts."""
        return self._here.subscribe(conversation_id)

    def look_again(self) -> None:
        """Let every listener look into the database."""
        self._here.look_again()

    def _send(self, content: dict[str, Any]) -> None:
        try:
            self._waiting.put_nowait(json.dumps({"from": self._name, **content}))
        except asyncio.QueueFull:
            self._gap = True

    async def _speak(self) -> None:
        pause = 0.1
        while True:
            said = await self._waiting.get()
            try:
                if self._gap:
                    await self._redis.publish(
                        CHANNEL, json.dumps({"from": self._name, "kind": GAP})
                    )
                    self._gap = False
                await self._redis.publish(CHANNEL, said)
                pause = 0.1
            except (RedisError, OSError) as error:
                # By the time Redis is back this is old; that something was missed is all that counts.
                self._gap = True
                log.warning("news.not_sent", problem=type(error).__qualname__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _AWAY_SECONDS)
                self._drop()
                self._send({"kind": GAP})
            finally:
                self._waiting.task_done()

    def _drop(self) -> None:
        while not self._waiting.empty():
            self._waiting.get_nowait()
            self._waiting.task_done()

    async def _listen(self) -> None:
        pause = 0.1
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    await heard.subscribe(CHANNEL)
                    self._connected = True
                    self._here.look_again()
                    log.info("news.connected")
                    pause = 0.1
                    while True:
                        message = await heard.get_message(timeout=_PATIENCE_SECONDS)
                        if message is not None:
                            self._hear(message["data"])
            except (RedisError, OSError) as error:
                log.warning("news.disconnected", problem=type(error).__qualname__)
            self._connected = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def _do_without(self) -> None:
        while True:
            await asyncio.sleep(_AWAY_SECONDS)
            if not self._connected:
                self._here.look_again()

    def _hear(self, raw: bytes) -> None:
        try:
            content = json.loads(raw)
            if content["from"] == self._name:
                return
            if content["kind"] == GAP:
                self._here.look_again()
            else:
                self._here.publish(content["about"], News(content["kind"], content["data"]))
        except (ValueError, KeyError, TypeError) as error:
            log.warning("news.garbled", problem=type(error).__qualname__)
