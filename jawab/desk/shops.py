"""What a page needs of a shop before anybody speaks: its name and colour, its topics and their questions."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from jawab.desk.failures import Refusal
from jawab.desk.languages import Direction, direction
from jawab.desk.schemas import ErrorOut
from jawab.desk.services import Desk, Services
from jawab.knowledge import Knowledge, Topic
from jawab.settings import Settings
from jawab.support.attachments.attachment import PHOTOS, VIDEOS
from jawab.text.language import Lang

router = APIRouter(prefix="/api/v1/shops", tags=["shops"])


class QuestionOut(BaseModel):
    """A question of the FAQ; send its id as `question` to ask it."""

    id: str = Field(examples=["returns_how"])
    title: str


class TopicOut(BaseModel):
    """A group of questions."""

    id: str = Field(examples=["returns"])
    title: str
    questions: list[QuestionOut]


class AppOut(BaseModel):
    """A messaging app in which the shopper can go on; send its id as `app` to ask for a link."""

    id: str = Field(examples=["digikala-telegram"])
    title: str = Field(examples=["ادامه در تلگرام"])


class UploadLimits(BaseModel):
    """Which files the shop takes, and how many in one message."""

    per_message: int
    photo_types: list[str] = Field(examples=[list(PHOTOS)])
    photo_bytes: int
    video_types: list[str] = Field(examples=[list(VIDEOS)])
    video_bytes: int


class ShopOut(BaseModel):
    """A shop as its widget shows it, in one language."""

    id: str = Field(examples=["digikala"])
    name: str
    lang: Lang
    dir: Direction
    accent: str = Field(description="The shop's colour.", examples=["#be123c"])
    logo_url: str | None = Field(description="The address of its picture, seen from the desk.")
    message_length: int = Field(description="Characters in one message, at most.")
    uploads: UploadLimits
    top_questions: list[QuestionOut]
    topics: list[TopicOut]
    apps: list[AppOut]


@router.get("/{shop}", responses={status: {"model": ErrorOut} for status in (404, 422)})
async def read_shop(shop: str, desk: Desk, lang: Lang | None = None) -> ShopOut:
    """A shop's name, colour, most asked questions and topics, in its own language or the one asked for."""
    return shown(desk, shop, lang)


def shown(desk: Services, shop_id: str, lang: Lang | None) -> ShopOut:
    """A shop as a page shows it; refuses (404) when there is no such shop."""
    shop = desk.knowledge.shops.get(shop_id)
    if shop is None:
        raise Refusal(404, "unknown_shop")
    spoken = lang or shop.language
    return ShopOut(
        id=shop.id,
        name=shop.name[spoken],
        lang=spoken,
        dir=direction(spoken),
        accent=shop.accent,
        logo_url=shop.logo,
        message_length=desk.settings.max_message_length,
        uploads=_limits(desk.settings),
        top_questions=[_question(desk.knowledge, id, spoken) for id in shop.top_questions],
        topics=[
            TopicOut(
                id=topic.id,
                title=topic.title[spoken],
                questions=[_question(desk.knowledge, id, spoken) for id in topic.questions],
            )
            for topic in in_order(desk.knowledge)
        ],
        apps=[
            AppOut(id=app.account, title=app.title)
            for app in desk.invitations.apps(shop.id, spoken)
        ],
    )


def in_order(knowledge: Knowledge) -> list[Topic]:
    """The topics as menus show them."""
    return sorted(knowledge.topics.values(), key=lambda topic: topic.position)


def _question(knowledge: Knowledge, id: str, lang: Lang) -> QuestionOut:
    return QuestionOut(id=id, title=knowledge.questions[id].title[lang])


def _limits(settings: Settings) -> UploadLimits:
    return UploadLimits(
        per_message=settings.max_attachments,
        photo_types=list(PHOTOS),
        photo_bytes=settings.max_photo_bytes,
        video_types=list(VIDEOS),
        video_bytes=settings.max_video_bytes,
    )
