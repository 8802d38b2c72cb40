"""Rasa's REST channel, with the desk's id of the message in whatever is logged while it is answered (credentials.yml).

It stands outside of `jawab/nlu`, which a trained model depends on.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint

from jawab import correlation

log = logging.getLogger(__name__)


class DeskInput(RestInput):  # type: ignore[misc]
    """The same routes under the same name, `rest`."""

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes; each turn is logged with the time it took."""

        async def answer(message: UserMessage) -> None:
            started = time.perf_counter()
            with correlation.about(message.metadata):
                await on_new_message(message)
                log.info("turn.answered ms=%.0f", 1000 * (time.perf_counter() - started))

        routes: Blueprint = super().blueprint(answer)
        return routes
