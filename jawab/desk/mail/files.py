"""Files in mails: kept for a conversation like those of the shop's own pages, by their content."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import anyio

from jawab.channels.mail.letter import EnclosedFile
from jawab.desk.filing import Filing
from jawab.support.attachments.attachment import EVERY_TYPE
from jawab.support.errors import FileRefused


class MailFiles:
    """Keeps what a mail encloses, as many files as a message may have (`most`)."""

    def __init__(self, filing: Filing, *, most: int) -> None:
        self._filing = filing
        self._most = most

    async def keep(self, conversation_id: str, files: tuple[EnclosedFile, ...]) -> tuple[str, ...]:
        """Keep as many of these as a message may have; their ids. The others are in the raw mail alone."""
        ids: list[str] = []
        for file in files:
            if len(ids) == self._most:
                break
            with suppress(FileRefused):
                save = partial(_save, file)
                ids.append((await self._filing.keep(conversation_id, save, types=EVERY_TYPE)).id)
        return tuple(ids)


async def _save(file: EnclosedFile, target: Path, take: Callable[[bytes], None]) -> str:
    take(file.content)
    await anyio.Path(target).write_bytes(file.content)
    return file.name
