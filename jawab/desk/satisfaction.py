"""Rating an agent's help by the API, as a widget with stars does."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator, Field

from jawab.desk.api import Opened
from jawab.desk.schemas import ErrorOut, StrictIn, storable_text
from jawab.desk.services import Desk
from jawab.desk.threads import in_thread
from jawab.support.handovers.satisfaction import STARS, WORD_LENGTH

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])


class NewSatisfaction(StrictIn):
    """Stars, and a word on them."""

    stars: int = Field(ge=STARS[0], le=STARS[-1], description="5 is best.")
    word: Annotated[str, BeforeValidator(storable_text)] | None = Field(
        default=None, max_length=WORD_LENGTH, examples=["خیلی زود کارم راه افتاد"]
    )


@router.post(
    "/{conversation_id}/satisfaction",
    status_code=204,
    responses={status: {"model": ErrorOut} for status in (401, 403, 404, 409, 422, 503)},
)
async def rate_conversation(opened: Opened, body: NewSatisfaction, desk: Desk) -> None:
    """Rate an agent's help, once it has been asked for (`not_asked`, 409, otherwise); the last answer counts."""
    await in_thread(desk.survey.rate, opened, body.stars, body.word)
