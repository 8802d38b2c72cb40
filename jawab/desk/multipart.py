"""One file out of a multipart/form-data request, written to disk as it comes.

werkzeug's decoder does no input or output of its own: https://werkzeug.palletsprojects.com/
"""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import anyio
from starlette.requests import ClientDisconnect
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Event, File, MultipartDecoder, NeedData

from jawab.desk.failures import Refusal
from jawab.support.errors import SupportError

OVERHEAD_BYTES = 64_000  # boundaries and headers around the file
_MOST_PARTS = 8
_AT_ONCE = 1 << 20


async def save_file(
    chunks: AsyncIterator[bytes],
    *,
    content_type: str,
    field: str,
    target: Path,
    take: Callable[[bytes], None],
) -> str:
    """Write the file of this field to `target` and return the name its sender gave it.

    `take` sees each piece before it is written, and may raise. Refuses (422) a body that is no such form.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if kind.lower() != "multipart/form-data" or not 0 < len(boundary) <= 70:
        raise Refusal(422, "invalid_request")
    decoder = MultipartDecoder(boundary.encode(), _AT_ONCE, max_parts=_MOST_PARTS)
    name: str | None = None
    ours = False
    async with await anyio.open_file(target, "xb") as file:
        try:
            async for event in _events(decoder, chunks):
                if isinstance(event, File):
                    ours = event.name == field and name is None
                    name = event.filename if ours else name
                elif isinstance(event, Data) and ours:
                    take(event.data)
                    await file.write(event.data)
                elif not isinstance(event, Data):
                    ours = False
        except (ValueError, RequestEntityTooLarge, ClientDisconnect) as error:
            raise Refusal(422, "invalid_request") from error
        except SupportError:
            async for _ in chunks:
                pass  # many a client reads no answer before it has sent everything
            raise
    if name is None:
        raise Refusal(422, "invalid_request")
    return name


async def _events(decoder: MultipartDecoder, chunks: AsyncIterator[bytes]) -> AsyncIterator[Event]:
    async for chunk in chunks:
        if not chunk:
            continue
        decoder.receive_data(chunk)
        while not isinstance(event := decoder.next_event(), NeedData):
            yield event
            if isinstance(event, Epilogue):
                return
    decoder.receive_data(None)
    while not isinstance(event := decoder.next_event(), NeedData | Epilogue):
        yield event
