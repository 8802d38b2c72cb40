"""The mails behind a ticket, as they came: nothing of them is lost, whatever was cut off or not understood."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from jawab.desk.agents.sessions import ERRORS
from jawab.desk.agents.tickets import ServedTicket
from jawab.desk.api import GREATEST_ID
from jawab.desk.failures import Refusal
from jawab.desk.schemas import iso_utc
from jawab.desk.services import Desk
from jawab.desk.threads import in_thread

router = APIRouter(prefix="/api/v1/agent/tickets", tags=["agents"], responses=ERRORS)


class MailOut(BaseModel):
    """A mail that went to a ticket; `size` in bytes."""

    id: str
    at: str
    size: int = Field(examples=[20480])


class MailsOut(BaseModel):
    """The mails of a ticket, oldest first."""

    mails: list[MailOut]


@router.get("/{reference}/mails")
async def list_mails(found: ServedTicket, desk: Desk) -> MailsOut:
    """The mails that went to this ticket."""
    mails = await in_thread(desk.mails.of_ticket, found.reference)
    return MailsOut(
        mails=[MailOut(id=str(one.id), at=iso_utc(one.at), size=one.size) for one in mails]
    )


@router.get(
    "/{reference}/mails/{mail_id}",
    response_class=Response,
    responses={200: {"content": {"message/rfc822": {}}, "description": "The raw mail."}},
)
async def read_mail(
    found: ServedTicket, mail_id: Annotated[int, Path(ge=1, le=GREATEST_ID)], desk: Desk
) -> Response:
    """One of them, to be saved: no browser shows what a stranger wrote as a page of ours."""
    raw = await in_thread(desk.mails.raw, found.reference, mail_id)
    if raw is None:
        raise Refusal(404, "not_found")
    return Response(
        raw,
        media_type="message/rfc822",
        headers={
            "Content-Disposition": f'attachment; filename="{found.reference}-{mail_id}.eml"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )
