"""A server that takes a request and never answers it."""

import asyncio

from starlette.responses import Response


async def silence(request):
    """Wait until whoever asked has had enough."""
    while not await request.is_disconnected():
        await asyncio.sleep(0.01)
    return Response(status_code=499)
