"""A ticket in words: its confirmation in the conversation, and how it stands."""

from collections.abc import Iterable

from jawab.desk.schemas import iso_utc
from jawab.desk.services import Services
from jawab.desk.ticket_schemas import TicketOut, TicketReplyOut
from jawab.support.conversations.message import Draft
from jawab.support.tickets.merged_words import merged_words
from jawab.support.tickets.promise import told
from jawab.support.tickets.ticket import Happening, Ticket, TicketEvent, TicketState
from jawab.text.language import Lang

STATE_WORDS = {state: f"desk_ticket_state_{state.value}" for state in TicketState}
CONFIRMATION = "desk_ticket_opened"


def confirmation(desk: Services, ticket: Ticket) -> Draft:
    """The bot's message that a ticket is open: its reference, and by when an answer is promised."""
    shop = desk.knowledge.shop(ticket.shop)
    text = desk.words.say(
        CONFIRMATION,
        lang=ticket.lang,
        shop=shop.id,
        reference=ticket.reference,
        promised=told(shop, ticket.due_at, ticket.lang),
    )
    return Draft(text, ticket.lang)


def shown(
    desk: Services, ticket: Ticket, history: Iterable[TicketEvent], *, lang: Lang
) -> TicketOut:
    """A ticket as its owner may see it: no notes, no names of agents. One that was merged is told of by the one that goes on."""
    goes_on = desk.tickets.going_on(ticket)
    text = desk.words.say(STATE_WORDS[goes_on.state], lang=lang, shop=ticket.shop)
    if goes_on is not ticket:
        history = (*history, *desk.tickets.history(goes_on.reference))
        text = f"{merged_words(ticket, goes_on, lang)} {text}"
    shop = desk.knowledge.shop(ticket.shop)
    topic = desk.topics.by_id.get(ticket.topic)
    subtopic = topic.subtopics.get(ticket.subtopic) if topic and ticket.subtopic else None
    return TicketOut(
        reference=ticket.reference,
        state=goes_on.state,
        state_text=text,
        merged_into=goes_on.reference if goes_on is not ticket else None,
        topic=ticket.topic,
        topic_title=topic.title[lang] if topic else ticket.topic,
        subtopic=ticket.subtopic,
        subtopic_title=subtopic[lang] if subtopic else None,
        opened_at=iso_utc(ticket.opened_at),
        updated_at=iso_utc(goes_on.updated_at),
        due_at=iso_utc(goes_on.due_at),
        promised=told(shop, goes_on.due_at, lang),
        replies=[
            TicketReplyOut(
                author=event.who.partition(":")[0], text=event.data["text"], at=iso_utc(event.at)
            )
            for event in history
            if event.what is Happening.REPLY
        ],
    )
