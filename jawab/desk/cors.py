"""The shops' own pages, on other origins, may use the API: those origins that the owner named, and no other.

https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_API = "/api/"
_AGENTS = "/api/v1/agent/"
_ASKED = ("Authorization", "Content-Type", "Last-Event-ID")
_READ = ("Retry-After", "Content-Language")


class ForeignPages:
    """ASGI middleware: cross-origin requests for the shoppers' API, everything else untouched. No cookies."""

    def __init__(self, app: ASGIApp, *, origins: Sequence[str]) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=_ASKED,
            expose_headers=_READ,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        path = scope["path"] if scope["type"] == "http" else ""
        shared = path.startswith(_API) and not path.startswith(_AGENTS)
        await (self._shared if shared else self._app)(scope, receive, send)
