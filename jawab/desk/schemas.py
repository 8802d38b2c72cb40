"""What the API takes and gives, as OpenAPI describes it."""

from datetime import datetime, timezone
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from jawab.support.message import Message
from jawab.support.texts import storable
from jawab.text.language import Lang


def _storable(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


class _In(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class NewConversation(_In):
    """Which shop is asked; the language of the page, when it is not the shop's own."""

    shop: str = Field(max_length=64, examples=["digikala"])
    lang: Lang | None = None


class NewMessage(_In):
    """A shopper's message: words, or a button that was offered."""

    client_id: str = Field(
        pattern=r"^[!-~]{1,64}$",
        description="The sender's own id for this message: sent again, it is not stored again.",
        examples=["b7c1-1"],
    )
    text: Annotated[str, BeforeValidator(_storable)] | None = Field(
        default=None, examples=["چطور کالا را مرجوع کنم؟"]
    )
    button: str | None = Field(default=None, max_length=64, examples=["41-0"])

    @model_validator(mode="after")
    def _one_of_both(self) -> "NewMessage":
        if (self.text is None) == (self.button is None):
            raise ValueError("give either text or button")
        return self


class ButtonOut(BaseModel):
    """A button under a message; send its id to press it."""

    id: str
    title: str


class MessageOut(BaseModel):
    """A message of a conversation. Ids are decimal numbers that grow."""

    id: str = Field(examples=["41"])
    author: Literal["shopper", "bot", "agent"]
    text: str
    buttons: list[ButtonOut]
    attachments: list[dict[str, Any]]
    at: str = Field(description="ISO 8601, UTC.", examples=["2027-01-02T10:00:00Z"])

    @classmethod
    def of(cls, message: Message) -> "MessageOut":
        """What a client may see of a stored message: not what its buttons mean."""
        return cls(
            id=str(message.id),
            author=message.author.value,
            text=message.text,
            buttons=[ButtonOut(id=b.id, title=b.title) for b in message.buttons],
            attachments=[],
            at=iso_utc(message.at),
        )


class OpenedConversation(BaseModel):
    """A new conversation; the token goes as `Authorization: Bearer` in every further request."""

    id: str
    token: str
    greeting: list[MessageOut]


class AcceptedMessage(BaseModel):
    """The message is stored; its answer comes as an event, or with the transcript."""

    id: str


class AnsweredMessage(AcceptedMessage):
    """The message with its answer."""

    replies: list[MessageOut]


class Transcript(BaseModel):
    """Messages in order; with `more`, ask again after the last one's id."""

    messages: list[MessageOut]
    more: bool


class ErrorDetail(BaseModel):
    """A code for programs, words for people."""

    code: str
    message: str


class ErrorOut(BaseModel):
    """The one form of an error."""

    error: ErrorDetail


def iso_utc(moment: datetime) -> str:
    """2027-01-02T10:00:00.123Z."""
    text = moment.astimezone(timezone.utc).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
