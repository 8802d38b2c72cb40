"""What the API takes and gives, as OpenAPI describes it."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timezone
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from jawab.support.conversations.feedback import Reason, Verdict
from jawab.support.conversations.message import Message
from jawab.support.texts import storable
from jawab.text.language import Lang


def storable_text(value: Any) -> Any:
    """What of a text can be stored; anything else as it is."""
    return storable(value) if isinstance(value, str) else value


class StrictIn(BaseModel):
    """A request's body; what was typed is never quoted in an error."""

    model_config = ConfigDict(hide_input_in_errors=True)


class IdentifyIn(StrictIn):
    """Who the shopper is at the shop, signed by the shop's server."""

    user: Annotated[str, BeforeValidator(storable_text)] = Field(
        min_length=1, max_length=120, examples=["4711"]
    )
    expires: int = Field(
        ge=0, le=2**53, description="Seconds since 1970.", examples=[1_800_000_000]
    )
    signature: str = Field(
        max_length=64,
        description="HMAC-SHA-256 of shop, user and expires with line feeds between, in hexadecimal digits.",
    )


class NewConversation(StrictIn):
    """Which shop is asked; the language of the page, when it is not the shop's own; and who asks, where the shop vouches
    for it.
    """

    shop: str = Field(max_length=64, examples=["digikala"])
    lang: Lang | None = None
    identify: IdentifyIn | None = None


class NewMessage(StrictIn):
    """A shopper's message: words, files or both; or a button that was offered; or a question of the FAQ; or the wish to go
    on in a messaging app.
    """

    client_id: str = Field(
        pattern=r"^[!-~]{1,64}$",
        description="The sender's own id for this message: sent again, it is not stored again.",
        examples=["b7c1-1"],
    )
    text: Annotated[str, BeforeValidator(storable_text)] | None = Field(
        default=None, examples=["چطور کالا را مرجوع کنم؟"]
    )
    button: str | None = Field(default=None, max_length=64, examples=["41-0"])

    question: str | None = Field(
        default=None,
        max_length=64,
        description="The id of a question, as if its button had been pressed.",
        examples=["returns_how"],
    )
    app: str | None = Field(
        default=None,
        max_length=64,
        description="The id of one of the shop's `apps`: the answer holds a link to go on there.",
        examples=["digikala-telegram"],
    )
    attachments: list[Annotated[str, Field(max_length=64)]] = Field(
        default=[],
        max_length=20,
        description="Ids of files uploaded to this conversation; the text may then be left out.",
    )

    @model_validator(mode="after")
    def _one_kind(self) -> "NewMessage":
        written = self.text is not None or bool(self.attachments)
        kinds = [written, self.button, self.question, self.app]
        if sum(kind is not None and kind is not False for kind in kinds) != 1:
            raise ValueError("give text or attachments, or a button, or a question, or an app")
        if len(set(self.attachments)) < len(self.attachments):
            raise ValueError("name each attachment once")
        return self


class ButtonOut(BaseModel):
    """A button under a message; send its id to press it."""

    id: str
    title: str


class AttachmentOut(BaseModel):
    """A file that came with a message."""

    id: str
    name: str = Field(examples=["رسید.jpg"])
    type: str = Field(examples=["image/jpeg"])
    size: int = Field(description="In bytes.")
    url: str = Field(
        description="Where it can be read for a while, seen from the desk; read the message again"
        " for a new address.",
        examples=["/api/v1/attachments/…"],
    )


class FormOut(BaseModel):
    """What a message of a form asks for: a client may ready its field for that kind of answer."""

    id: str = Field(examples=["ticket"])
    field: str = Field(examples=["phone"])
    input: str = Field(
        description="choice, text, email, tel, order_number, files or confirm.", examples=["tel"]
    )
    step: int
    steps: int


class MessageOut(BaseModel):
    """A message of a conversation. Ids are decimal numbers that grow."""

    id: str = Field(examples=["41"])
    author: Literal["shopper", "bot", "agent"]
    name: str | None = Field(description="The agent's name, where an agent wrote it.")
    text: str
    buttons: list[ButtonOut]
    attachments: list[AttachmentOut]
    form: FormOut | None = None
    at: str = Field(description="ISO 8601, UTC.", examples=["2027-01-02T10:00:00Z"])

    @model_serializer(mode="wrap")
    def _without_an_empty_form(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = write(self)
        return {key: value for key, value in written.items() if key != "form" or value}

    @classmethod
    def of(cls, message: Message, address: Callable[[str], str]) -> "MessageOut":
        """What a client may see of a stored message: not what its buttons mean.

        `address` gives the address of a file by its id.
        """
        return cls(
            id=str(message.id),
            author=message.author.value,
            name=message.signature,
            text=message.text,
            buttons=[ButtonOut(id=b.id, title=b.title) for b in message.buttons],
            attachments=[
                AttachmentOut(**asdict(file), url=address(file.id)) for file in message.attachments
            ],
            form=FormOut(**asdict(message.form)) if message.form else None,
            at=iso_utc(message.at),
        )


class StoredAttachment(BaseModel):
    """The file is stored and waits to be sent with a message."""

    id: str


class NewFeedback(StrictIn):
    """What the shopper thinks of one of the bot's messages."""

    value: Verdict
    reason: Reason | None = Field(default=None, description="Why not; goes with `down` only.")
    comment: Annotated[str, BeforeValidator(storable_text)] | None = Field(
        default=None, max_length=1000, examples=["قیمت ارسال را نگفت"]
    )

    @model_validator(mode="after")
    def _reasons_go_down(self) -> "NewFeedback":
        if self.value is Verdict.UP and self.reason is not None:
            raise ValueError("a reason goes with down")
        return self


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
    fields: dict[str, str] | None = Field(
        default=None,
        description="Of a form: what is wrong with each field, in words.",
        examples=[{"phone": "شماره موبایل را با ۰۹ و ۱۱ رقم بنویسید."}],
    )


class ErrorOut(BaseModel):
    """The one form of an error."""

    error: ErrorDetail


def iso_utc(moment: datetime) -> str:
    """2027-01-02T10:00:00.123Z."""
    text = moment.astimezone(timezone.utc).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
