"""Photos and videos that shoppers send: taken by their content, kept without their secrets, shown by signed links."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from jawab.desk.api import Opened
from jawab.desk.failures import Refusal
from jawab.desk.multipart import OVERHEAD_BYTES, save_file
from jawab.desk.schemas import ErrorOut, StoredAttachment
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread, in_workshop
from jawab.settings import Settings
from jawab.support import mp4, photos
from jawab.support.attachment import PHOTOS, Attached, Attachment, new_id, safe_name
from jawab.support.errors import FileTooLarge, TooManyAttachments, UnsupportedFile
from jawab.support.media_types import HEAD_BYTES, media_type

FIELD = "file"
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"
BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": [FIELD],
                "properties": {FIELD: {"type": "string", "format": "binary"}},
            }
        }
    },
}

router = APIRouter(prefix="/api/v1", tags=["attachments"])


def most_bytes(settings: Settings) -> int:
    """The greatest request that an upload may be."""
    return max(settings.max_photo_bytes, settings.max_video_bytes) + OVERHEAD_BYTES


@router.post(
    "/conversations/{conversation_id}/attachments",
    status_code=201,
    openapi_extra={"requestBody": BODY},
    responses={status: {"model": ErrorOut} for status in (401, 403, 404, 413, 415, 422, 503, 507)},
)
async def upload_attachment(opened: Opened, request: Request, desk: Desk) -> StoredAttachment:
    """Upload one photo (JPEG, PNG, WebP, GIF) or video (MP4, WebM), then send its id with a message.

    What the file is, is decided by its content. Photos are made anew, without place, device and comments.
    """
    return await take(desk, opened, request)


async def take(desk: Services, conversation_id: str, request: Request) -> StoredAttachment:
    """Keep the file of a request for a message of this conversation."""
    most = desk.settings.max_conversation_attachments
    if await in_thread(desk.attachments.count, conversation_id) >= most:
        raise TooManyAttachments(most)
    intake = _Intake(desk.settings)
    with desk.files.draft() as draft, desk.files.draft() as cleaned:
        name = await save_file(
            request.stream(),
            content_type=request.headers.get("content-type", ""),
            field=FIELD,
            target=draft,
            take=intake.take,
        )
        type = intake.finish()
        await in_workshop(_clean, draft, cleaned, type, desk.settings)
        content, size = await in_thread(desk.files.keep, cleaned)
    shown = Attached(new_id(), safe_name(name, type=type), type, size)
    attachment = Attachment(shown, conversation_id, content, desk.clock())
    await in_thread(desk.attachments.add, attachment, limit=most)
    return StoredAttachment(id=shown.id)


@router.get(
    "/attachments/{signed}",
    response_class=FileResponse,
    responses={
        200: {"content": {type: {} for type in ("image/*", "video/*")}, "description": "The file."},
        **{status: {"model": ErrorOut} for status in (404, 410, 422, 503)},
    },
)
async def read_attachment(signed: str, desk: Desk) -> Response:
    """The file behind an address that a message gave; the address works for a while only."""
    found = await in_thread(desk.attachments.get, desk.links.open(signed))
    path = desk.files.path(found.content)
    if not path.is_file():
        raise Refusal(404, "not_found")
    return FileResponse(
        path,
        media_type=found.shown.type,
        filename=found.shown.name,
        content_disposition_type="inline",
        headers={
            "Cache-Control": f"private, max-age={desk.links.seconds_at_least}, immutable",
            "Content-Security-Policy": _POLICY,
        },
    )


class _Intake:
    """Looks at a file as it comes: its type by its beginning, its size by that type."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
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
        if self._type is None:
            raise UnsupportedFile("the content is no photo or video that is taken")
        return self._type

    def _check(self, type: str) -> None:
        photo = type in PHOTOS
        limit = self._settings.max_photo_bytes if photo else self._settings.max_video_bytes
        if self._size > limit:
            raise FileTooLarge(limit)


def _clean(draft: Path, cleaned: Path, type: str, settings: Settings) -> None:
    if type in PHOTOS:
        limits = photos.PhotoLimits(settings.max_photo_pixels, settings.photo_side)
        photos.remake(draft, cleaned, type=type, limits=limits)
        return
    if type == "video/mp4":
        mp4.scrub(draft)
    draft.rename(cleaned)
