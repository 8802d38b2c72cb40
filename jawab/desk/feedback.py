"""Thumbs up and down under the bot's messages."""

from typing import Annotated

from fastapi import APIRouter, Path

from jawab.desk.api import GREATEST_ID, Opened
from jawab.desk.hub import MESSAGE, News
from jawab.desk.schemas import ErrorOut, NewFeedback
from jawab.desk.services import Desk
from jawab.desk.threads import in_thread
from jawab.support.conversations.feedback import Feedback

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])


@router.post(
    "/{conversation_id}/messages/{message_id}/feedback",
    status_code=204,
    responses={status: {"model": ErrorOut} for status in (401, 403, 404, 422, 503)},
)
async def give_feedback(
    opened: Opened,
    message_id: Annotated[int, Path(ge=1, le=GREATEST_ID)],
    body: NewFeedback,
    desk: Desk,
) -> None:
    """Say what an answer was worth; the last word on a message counts. A thumb down is offered a person."""
    given = Feedback(
        opened, message_id, body.value, desk.clock(), body.reason, body.comment or None
    )
    offered = await in_thread(desk.feedback.keep, given, offer=desk.handover_words.offer)
    if offered is not None:
        desk.hub.publish(opened, News(MESSAGE))
