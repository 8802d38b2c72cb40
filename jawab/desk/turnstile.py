"""Counts every request by where it comes from, before anything of it is read."""

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from jawab.desk.addresses import network
from jawab.desk.errors import error_response
from jawab.desk.failures import Refusal
from jawab.desk.gate import Gate


class Turnstile:
    """ASGI middleware: what comes too often from one address is refused unread."""

    def __init__(self, app: ASGIApp, *, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            request = Request(scope, receive)
            address = network(request.client.host if request.client else "")
            try:
                await self._gate.admit(scope["method"], scope["path"], address)
            except Refusal as refusal:
                refused = await error_response(request, refusal)
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)
