"""Keeping a file for a message: its type by its content, its size by that type, without what it tells of its maker."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from jawab.desk.threads import in_thread, in_workshop
from jawab.settings import Settings
from jawab.support.attachments import mp4, photos
from jawab.support.attachments.attachment import (
    PHOTOS,
    VIDEOS,
    Attached,
    Attachment,
    new_id,
    safe_name,
)
from jawab.support.attachments.files import AttachmentFiles
from jawab.support.attachments.media_types import HEAD_BYTES, media_type
from jawab.support.attachments.store import AttachmentStore
from jawab.support.errors import FileTooLarge, TooManyAttachments, UnsupportedFile

# Writes the file to the path, letting the second look at each piece first; returns the name its sender gave it.
Saving: TypeAlias = Callable[[Path, Callable[[bytes], None]], Awaitable[str]]


class Filing:
    """Takes files in, from wherever they come."""

    def __init__(
        self,
        settings: Settings,
        attachments: AttachmentStore,
        files: AttachmentFiles,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._attachments = attachments
        self._files = files
        self._clock = clock

    async def keep(self, conversation_id: str, save: Saving, *, types: Collection[str]) -> Attached:
        """Keep a file of one of these types for a message of this conversation."""
        most = self._settings.max_conversation_attachments
        if await in_thread(self._attachments.count, conversation_id) >= most:
            raise TooManyAttachments(most)
        intake = _Intake(self._settings, types)
        with self._files.draft() as draft, self._files.draft() as cleaned:
            name = await save(draft, intake.take)
            type = intake.finish()
            await in_workshop(_clean, draft, cleaned, type, self._settings)
            content, size = await in_thread(self._files.keep, cleaned)
        shown = Attached(new_id(), safe_name(name, type=type), type, size)
        attachment = Attachment(shown, conversation_id, content, self._clock())
        await in_thread(self._attachments.add, attachment, limit=most)
        return shown


def limit_of(type: str, settings: Settings) -> int:
    """How many bytes a file of this type may have."""
    if type in PHOTOS:
        return settings.max_photo_bytes
    return settings.max_video_bytes if type in VIDEOS else settings.max_document_bytes


class _Intake:
    """Looks at a file as it comes: its type by its beginning, its size by that type."""

    def __init__(self, settings: Settings, types: Collection[str]) -> None:
        self._settings = settings
        self._types = types
        self._head = b""
        self._size = 0
        self._type: str | None = None

    def take(self, data: bytes) -> None:
        """Look at the next piece; raises UnsupportedFile or FileTooLarge as soon as it is known."""
        self._size += len(data)
        if self._type is None:
            self._head += data[: HEAD_BYTES - len(self._head)]
            if len(self._head) < HEAD_BYTES:
                return
        self._check(self.finish())

    def finish(self) -> str:
        """The type of the whole file."""
        if self._type is None:
            self._type = media_type(self._head)
        if self._type is None or self._type not in self._types:
            raise UnsupportedFile("the content is no photo or video that is taken")
        return self._type

    def _check(self, type: str) -> None:
        if self._size > (limit := limit_of(type, self._settings)):
            raise FileTooLarge(limit)


def _clean(draft: Path, cleaned: Path, type: str, settings: Settings) -> None:
    if type in PHOTOS:
        limits = photos.PhotoLimits(settings.max_photo_pixels, settings.photo_side)
        photos.remake(draft, cleaned, type=type, limits=limits)
        return
    if type in ("video/mp4", "audio/mp4"):
        mp4.scrub(draft)
    draft.rename(cleaned)
