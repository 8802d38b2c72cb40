"""One turn of a conversation at a time, over all Rasa servers that share a Redis.

Rasa's own `RedisLockStore` reads a lock, changes it and writes it back, so two servers can both hold it. Here a lock is one
key that Redis sets only where there is none, and that only its holder can remove (a script that Redis runs as a whole:
https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/). A server that dies with a lock is waited for until
the lock's lifetime is over.

While Redis is away each server locks for itself, for shoppers shall be answered all the same: the desks ask about one message of a
conversation at a time, look for its answer before they ask again, and store one answer.

    lock_store:
      type: jawab.nlu.lock_store.AtomicLockStore
      url: redis://127.0.0.1:6379/0
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError as RedisLockError
from redis.exceptions import RedisError

PREFIX = "jawab:rasa:"
_LOOK_SECONDS = 0.05
_PATIENCE_SECONDS = 2.0

logger = logging.getLogger(__name__)


class AtomicLockStore(LockStore):  # type: ignore[misc]
    """Locks in Redis; `endpoint_config.url` says where it is."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        super().__init__()
        self._own = InMemoryLockStore()
        self._redis = Redis.from_url(
            endpoint_config.url,
            socket_connect_timeout=_PATIENCE_SECONDS,
            socket_timeout=_PATIENCE_SECONDS,
        )

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = _LOOK_SECONDS,
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation's lock; LockError when nobody lets go of it within the lifetime, in seconds."""
        lock = self._redis.lock(
            f"{PREFIX}{conversation_id}", timeout=lock_lifetime, sleep=_LOOK_SECONDS
        )
        async with AsyncExitStack() as held:
            try:
                if not await lock.acquire(blocking_timeout=lock_lifetime):
                    raise LockError("no lock: another server has held it for too long")
                held.push_async_callback(_let_go, lock)
            except (RedisError, OSError) as error:
                logger.warning("lock.without_redis problem=%s", type(error).__qualname__)
                await held.enter_async_context(
                    self._own.lock(conversation_id, lock_lifetime, _LOOK_SECONDS)
                )
            yield TicketLock(conversation_id)


async def _let_go(lock: Lock) -> None:
    # Where Redis is away or the lifetime was over, the lock ends by itself, or is another's by now.
    with suppress(RedisError, RedisLockError, OSError):
        await lock.release()
