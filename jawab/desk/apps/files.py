"""Files that shoppers send in messaging apps: fetched from the app and kept like those of the shop's own pages."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import anyio

from jawab.channels.contract import TOO_LARGE, Channel, FetchFailed, RemoteFile
from jawab.desk.filing import Filing
from jawab.settings import Settings
from jawab.support.attachments.attachment import EVERY_TYPE
from jawab.support.errors import FileRefused

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Kept:
    """The ids of the files that are kept now; whether some will not be, and whether some could not be had."""

    ids: tuple[str, ...] = ()
    refused: bool = False
    lost: bool = False


class ChannelFiles:
    """Fetches files from the app's own server and keeps them, by their content."""

    def __init__(self, filing: Filing, settings: Settings) -> None:
        self._filing = filing
        self._limit = max(
            settings.max_photo_bytes, settings.max_video_bytes, settings.max_document_bytes
        )

    def megabytes(self, channel: Channel) -> int:
        """The greatest file that can come by this channel."""
        return min(self._limit, channel.capabilities.download) // _MEGABYTE

    async def keep(
        self, channel: Channel, conversation_id: str, files: tuple[RemoteFile, ...], *, last: bool
    ) -> Kept:
        """Fetch these; `FetchFailed` where trying again may help, unless it is the last attempt."""
        ids: list[str] = []
        refused = lost = False
        for file in files:
            try:
                ids.append(await self._keep(channel, conversation_id, file))
            except FileRefused:
                refused = True
            except FetchFailed as failed:
                if not failed.final and not last:
                    raise
                refused = refused or failed.reason == TOO_LARGE
                lost = lost or failed.reason != TOO_LARGE
        return Kept(tuple(ids), refused, lost)

    async def _keep(self, channel: Channel, conversation_id: str, file: RemoteFile) -> str:
        async def save(target: Path, take: Callable[[bytes], None]) -> str:
            fetched = channel.fetch(file, limit=self._limit)
            async with aclosing(fetched) as pieces, await anyio.open_file(target, "xb") as written:
                async for piece in pieces:
                    take(piece)
                    await written.write(piece)
            return file.name

        return (await self._filing.keep(conversation_id, save, types=EVERY_TYPE)).id
