"""Photos and videos that shoppers send: taken by their content, kept without their secrets, shown by signed links."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from jawab.desk.api import Opened
from jawab.desk.failures import Refusal
from jawab.desk.multipart import OVERHEAD_BYTES, save_file
from jawab.desk.schemas import ErrorOut, StoredAttachment
from jawab.desk.services import Desk, Services
from jawab.desk.threads import in_thread
from jawab.settings import Settings
from jawab.support.attachments.attachment import PHOTOS, VIDEOS

FIELD = "file"
_SAVED = frozenset(("application/pdf",))  # no browser shows one within the policy below
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

REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorOut} for status in (401, 403, 404, 413, 415, 422, 503, 507)
}

router = APIRouter(prefix="/api/v1", tags=["attachments"])


def most_bytes(settings: Settings) -> int:
    """The greatest request that an upload may be."""
    return max(settings.max_photo_bytes, settings.max_video_bytes) + OVERHEAD_BYTES


@router.post(
    "/conversations/{conversation_id}/attachments",
    status_code=201,
    openapi_extra={"requestBody": BODY},
    responses=REFUSED,
)
async def upload_attachment(opened: Opened, request: Request, desk: Desk) -> StoredAttachment:
    """Upload one photo (JPEG, PNG, WebP, GIF) or video (MP4, WebM), then send its id with a message.

    What the file is, is decided by its content. Photos are made anew, without place, device and comments.
    """
    return await take(desk, opened, request)


async def take(desk: Services, conversation_id: str, request: Request) -> StoredAttachment:
    """Keep the file of a request for a message of this conversation."""

    async def save(target: Path, take: Callable[[bytes], None]) -> str:
        return await save_file(
            request.stream(),
            content_type=request.headers.get("content-type", ""),
            field=FIELD,
            target=target,
            take=take,
        )

    kept = await desk.filing.keep(conversation_id, save, types=(*PHOTOS, *VIDEOS))
    return StoredAttachment(id=kept.id)


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
        content_disposition_type="attachment" if found.shown.type in _SAVED else "inline",
        headers={
            "Cache-Control": f"private, max-age={desk.links.seconds_at_least}, immutable",
            "Content-Security-Policy": _POLICY,
        },
    )
