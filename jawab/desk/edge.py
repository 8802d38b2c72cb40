"""What every request passes: headers that protect, a limit on its size, one log event, a net under it."""

import re
import time
from datetime import timedelta

import structlog
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jawab.desk.errors import error_response
from jawab.desk.failures import Refusal
from jawab.desk.logs import described
from jawab.desk.measures import HTTP_REQUESTS, HTTP_SECONDS, Measures

log = structlog.get_logger()

# Scripts, styles, images and connections from here alone, nothing inline, no foreign frame around.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# As they go over the wire: (name, value).
_HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
_RESOURCES = b"cross-origin-resource-policy"
_HERE_ALONE, _ANYWHERE = (_RESOURCES, b"same-origin"), (_RESOURCES, b"cross-origin")
_NO_STORE = (b"cache-control", b"no-store")
# What other origins' pages may show: the widget's script, the shops' pictures, and files by signed addresses.
_EMBEDDABLE = ("/widget.js", "/static/shops/", "/api/v1/attachments/")
_UPLOAD = re.compile(r"/api/v1/(?:agent/)?(?:conversations|tickets)/[^/]+/attachments")
_UNSTORED = ("/api/", "/desk", "/readyz", "/healthz", "/metrics")
_QUIET = ("/healthz", "/readyz", "/metrics", "/static/")
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


class Edge:
    """ASGI middleware around the whole application."""

    def __init__(
        self, app: ASGIApp, *, max_body_bytes: int, max_upload_bytes: int, measures: Measures
    ) -> None:
        self._app = app
        self._limit = max_body_bytes
        self._upload_limit = max_upload_bytes
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; an error nobody caught becomes a 500 that tells nothing."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_missing(message, scope["path"])]
            await send(message)

        uploading = _UPLOAD.fullmatch(scope["path"])
        limit = self._upload_limit if uploading else self._limit
        try:
            if _announced(scope) > limit:
                refused = await error_response(
                    Request(scope, receive), Refusal(413, "request_too_large")
                )
                await refused(scope, receive, sending)
            else:
                await self._app(scope, _counting(receive, limit), sending)
        except Exception as error:
            log.error("http.crashed", **described(error))
            if status:
                raise ConnectionAbortedError("the answer broke off") from None
            crashed = await error_response(Request(scope, receive), Refusal(500, "internal"))
            await crashed(scope, receive, sending)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            seconds = time.perf_counter() - started
            self._measure(scope["method"], route, status, seconds)
            if not scope["path"].startswith(_QUIET):
                log.info(
                    "http.request",
                    method=scope["method"],
                    route=route,
                    status=status,
                    ms=round(1000 * seconds, 1),
                )

    def _measure(self, method: str, route: str, status: int, seconds: float) -> None:
        known = method if method in _METHODS else "-"
        self._measures.count(HTTP_REQUESTS, known, route, str(status))
        if not route.endswith("/events"):  # open as long as somebody looks
            self._measures.took(HTTP_SECONDS, timedelta(seconds=seconds))


def _counting(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise Refusal(413, "request_too_large")
        return message

    return counted


def _missing(start: Message, path: str) -> list[tuple[bytes, bytes]]:
    """The headers that protect, as far as the answer does not say otherwise itself."""
    wanted = [*_HEADERS, _ANYWHERE if path.startswith(_EMBEDDABLE) else _HERE_ALONE]
    if path.startswith(_UNSTORED):
        wanted.append(_NO_STORE)
    said = {name.lower() for name, _ in start["headers"]}
    return [header for header in wanted if header[0] not in said]


def _announced(scope: Scope) -> int:
    """The body's length as the request announces it, 0 where that is no number."""
    value = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(value) if value.isdigit() and len(value) < 19 else 0
