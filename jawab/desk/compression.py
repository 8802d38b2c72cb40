"""Pages and their scripts travel small; the API, where a secret could be guessed by its size, as it is."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_AS_IT_IS = ("/api/", "/metrics", "/widget.js")  # the widget's script has its own small form
_LEAST_BYTES = 1000


class Compression:
    """ASGI middleware around the pages."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._smaller = GZipMiddleware(app, minimum_size=_LEAST_BYTES, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        plain = scope["type"] != "http" or scope["path"].startswith(_AS_IT_IS)
        await (self._app if plain else self._smaller)(scope, receive, send)
