"""What the API of tickets takes and gives."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from jawab.desk.schemas import StrictIn, storable_text
from jawab.support.tickets.ticket import TicketState
from jawab.text.language import Lang

Typed = Annotated[str, BeforeValidator(storable_text)]


class NewTicketIn(StrictIn):
    """A filled-in form. What is wrong with its fields is told all at once, by field, in the answer 422."""

    client_id: str = Field(
        pattern=r"^[!-~]{1,64}$",
        description="The sender's own id for this form: sent again, it opens no second ticket.",
        examples=["form-1"],
    )
    topic: str = Field(max_length=64, examples=["after_sales"])
    subtopic: str | None = Field(default=None, max_length=64, examples=["returns"])
    name: Typed = Field(default="", max_length=1000, examples=["سارا احمدی"])
    email: Typed | None = Field(default=None, max_length=1000, examples=["sara@example.com"])
    phone: Typed | None = Field(
        default=None,
        max_length=1000,
        description="A mobile number in any usual form and script; the e-mail address or this must be given.",
        examples=["۰۹۱۲۱۲۳۴۵۶۷"],
    )
    order_number: Typed | None = Field(
        default=None,
        max_length=1000,
        description="Required where the topic says so.",
        examples=["12345678"],
    )
    message: Typed = Field(default="", examples=["کفش سایزم نبود."])
    attachments: list[Annotated[str, Field(max_length=64)]] = Field(
        default=[], max_length=20, description="Ids of files uploaded to this conversation."
    )
    page: bool = Field(default=False, description="True from a page of its own, not the widget.")

    @model_validator(mode="after")
    def _each_file_once(self) -> "NewTicketIn":
        if len(set(self.attachments)) < len(self.attachments):
            raise ValueError("name each attachment once")
        return self


class TicketStatusIn(StrictIn):
    """How the owner of a ticket is known: the phone or the e-mail address given with it, unless the request
    carries the token of the conversation that opened it.
    """

    phone: Typed | None = Field(default=None, max_length=200, examples=["0501234567"])
    email: Typed | None = Field(default=None, max_length=1000)
    lang: Lang | None = Field(
        default=None, description="The language of the words; without it, the ticket's."
    )


class TicketReplyOut(BaseModel):
    """An answer of an agent, or the shopper's next word."""

    author: str = Field(examples=["agent", "shopper"])
    text: str
    at: str = Field(description="ISO 8601, UTC.")


class TicketOut(BaseModel):
    """A ticket as its owner sees it."""

    reference: str = Field(examples=["JW-K37-W9F2"])
    state: TicketState
    state_text: str = Field(examples=["در انتظار بررسی"])
    merged_into: str | None = Field(
        default=None,
        description="The reference under which it goes on, where it was merged; state and promise are that ticket's.",
    )
    topic: str
    topic_title: str
    subtopic: str | None
    subtopic_title: str | None
    opened_at: str = Field(description="ISO 8601, UTC.")
    updated_at: str
    due_at: str = Field(description="By when an answer is promised.")
    promised: str = Field(
        description="The same in words, in the shop's calendar.",
        examples=["جمعه ۶ آذر (۲۷ نوامبر) ساعت ۱۲:۳۰"],
    )
    replies: list[TicketReplyOut]


class SubtopicOut(BaseModel):
    """A narrower choice under a topic."""

    id: str = Field(examples=["returns"])
    title: str


class TicketTopicOut(BaseModel):
    """What a ticket can be about."""

    id: str = Field(examples=["after_sales"])
    title: str
    needs_order_number: bool
    subtopics: list[SubtopicOut]


class TicketTopicsOut(BaseModel):
    """The cascading list, in the order it is shown."""

    lang: Lang
    topics: list[TicketTopicOut]
