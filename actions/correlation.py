"""The desk's id of the message in whatever the action server logs, and a line for each action that ran.

rasa-sdk lets plugins add to its server: https://rasa.com/docs/action-server/sdk-actions
"""

from __future__ import annotations

import logging
import time
from http import HTTPStatus
from typing import Any

import pluggy
from rasa_sdk.plugin import plugin_manager
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import BaseHTTPResponse

from jawab import correlation

log = logging.getLogger(__name__)
hookimpl = pluggy.HookimplMarker("rasa_sdk")


def install() -> None:
    """Have rasa-sdk call this module when it builds its server."""
    plugin_manager().register(_Plugin())


class _Plugin:
    @hookimpl
    def attach_sanic_app_extensions(self, app: Sanic) -> None:
        """Bind the message before an action runs; say which ran, and how long, afterwards."""
        app.register_middleware(_begin, "request")
        app.register_middleware(_end, "response")


async def _begin(request: Request) -> None:
    request.ctx.about = correlation.about(_metadata(_call(request)))
    request.ctx.about.__enter__()
    request.ctx.started = time.perf_counter()


async def _end(request: Request, response: BaseHTTPResponse) -> None:
    if not hasattr(request.ctx, "about"):
        return  # refused before it was read
    action = _call(request).get("next_action")
    if action is not None:
        # Only the name of an action that is there is no foreign word.
        name = action if response.status == HTTPStatus.OK else "-"
        ms = 1000 * (time.perf_counter() - request.ctx.started)
        log.info("action.ran action=%s status=%s ms=%.0f", name, response.status, ms)
    request.ctx.about.__exit__(None, None, None)


def _metadata(call: dict[str, Any]) -> Any:
    found: Any = call
    for key in ("tracker", "latest_message", "metadata"):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _call(request: Request) -> dict[str, Any]:
    """What Rasa asks for; nothing where the body is something else."""
    try:
        found = request.json if request.method == "POST" else None
    except SanicException:
        return {}
    return found if isinstance(found, dict) else {}
