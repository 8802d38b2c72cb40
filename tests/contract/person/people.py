"""Shoppers who leave something in every table, by the stores themselves, each with words of their own."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import create_engine, text, update

from jawab.support.agents.administration import AgentAdministration
from jawab.support.agents.agent import NewAgent, Role
from jawab.support.apps.chat import Chat
from jawab.support.apps.inbox import InboxStore, Post
from jawab.support.apps.store import ChatStore
from jawab.support.apps.tables import sent
from jawab.support.attachments.attachment import Attached, Attachment, new_id
from jawab.support.attachments.store import AttachmentStore
from jawab.support.conversations.conversation import EMAIL, Owner, begin
from jawab.support.conversations.feedback import Feedback, Reason, Verdict
from jawab.support.conversations.feedback_store import FeedbackStore
from jawab.support.conversations.message import Arrival, Choice, Draft
from jawab.support.conversations.note_store import NoteStore
from jawab.support.conversations.reply_store import ReplyStore
from jawab.support.conversations.store import Store
from jawab.support.deliveries import outbox
from jawab.support.deliveries.delivery import Carrier, Parcel
from jawab.support.deliveries.tables import deliveries
from jawab.support.handovers.handover import Reason as Called
from jawab.support.handovers.satisfaction_store import SatisfactionStore
from jawab.support.handovers.statements import Call, begin_handover
from jawab.support.mail.incoming import MailThread, NewMail
from jawab.support.mail.store import MailStore
from jawab.support.persons.store import PersonStore
from jawab.support.tickets.store import TicketStore
from jawab.support.tickets.ticket import NewTicket, Origin, Queue, agent
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
LEASE = timedelta(minutes=3)


@dataclass(frozen=True)
class Shopper:
    """A shopper, with words that nobody else says."""

    word: str
    name: str
    phone: str
    email: str
    order: str

    @property
    def words(self):
        """What must be nowhere once they are erased."""
        return (self.word, self.name, self.phone, self.phone[3:], self.email, self.order)


PARI = Shopper("ژاله‌باران", "پری‌ناز کوهستانی", "+989121110001", "pari@one.example", "71110001")
NOUR = Shopper("زمهرير", "نورهان الصحراوي", "+966502220002", "nour@two.example", "72220002")


def agent_of(database):
    """An agent who answers everybody."""
    new = NewAgent("sara", "سارا", Role.OWNER)
    return AgentAdministration(database).add(new, "صندلی-سبز-پنجره", by="test", now=NOW)


def live(database, files, who, clerk):
    """They talk on the site, rate, call a person, send a photo and open a ticket; the conversation and the ticket."""
    store = Store(database)
    chat = begin(shop="digikala", lang=Lang.FA, now=NOW)
    store.open_conversation(chat, Draft("سلام", Lang.FA))
    file = photo(database, files, who, chat.id)
    asked = store.accept(chat.id, Arrival("m1", text=said(who), attachments=(file,)), now=NOW)
    turn = store.turn(asked.message.id).sent()
    assert store.keep(turn)
    report = {"outcome": "answered", "candidates": [{"intent": who.word}]}
    button = Choice(f"دکمه {who.word}", {"intent": "returns_how", "about": who.word})
    (answer,) = store.finish(
        turn.answered(report), [Draft(f"نوشتید {who.word}", Lang.FA, (button,))], now=NOW
    )
    FeedbackStore(database).keep(
        Feedback(chat.id, answer.id, Verdict.DOWN, NOW, Reason.WRONG, said(who))
    )
    survey = SatisfactionStore(database)
    survey.ask(chat.id, lambda _: Draft("؟", Lang.FA), now=NOW, agent_id=clerk.id)
    survey.rate(chat.id, 2, now=NOW, word=said(who))
    call = Call(Called.ASKED, lambda *_: Draft("!", Lang.FA), LEASE)
    with database.writing() as connection:
        begin_handover(connection, chat, call, now=NOW)
    NoteStore(database).add(chat.id, clerk, f"یادداشت {said(who)}", now=NOW)
    ReplyStore(database).write(
        chat.id, clerk, client_id="r1", text=f"خانم {who.name}", now=NOW, holding=False
    )
    store.hand_to(chat.id, Owner.BOT)
    return chat.id, ticket(database, who, chat.id)


def ticket(database, who, conversation, **other):
    """A ticket of theirs, answered and noted; its reference."""
    tickets = TicketStore(database)
    new = {
        "shop": "digikala",
        "lang": Lang.FA,
        "topic": "other",
        "queue": Queue.SHOPPERS,
        "name": who.name,
        "email": who.email,
        "phone": who.phone,
        "order_number": who.order,
        "message": said(who),
        "conversation_id": conversation,
        "origin": Origin.WIDGET,
        "at": NOW,
        **other,
    }
    made = tickets.open(NewTicket(**new), due_at=NOW)
    tickets.reply(made.reference, f"جواب {who.word}", who=agent("1"), at=NOW)
    tickets.note(made.reference, f"تلفن {who.phone}", who=agent("1"), at=NOW)
    return made.reference


def in_app(database, who):
    """They write in Telegram and share their phone; the conversation."""
    chats, account = ChatStore(database), "bot"
    begun = begin(shop="digikala", lang=Lang.FA, now=NOW, channel="telegram")
    seen = Chat(account, f"chat-{who.word}", begun.id, who.phone, who.name, NOW, payload=who.order)
    chats.enter(seen, begun)
    chats.share_phone(begun.id, who.phone, verified=True)
    persons = PersonStore(database)
    persons.vouch(begun.id, who.phone, who=account, now=NOW)
    persons.invite(begun.id, f"link-{who.order}", account=account, now=NOW, expires_at=NOW + LEASE)
    inbox = InboxStore(database)
    inbox.put(account, [Post(f"1-{who.order}", seen.chat, {"text": said(who)})], now=NOW)
    chats.note(begun.id, client_id="1", text=said(who), reply=Draft("؟", Lang.FA), now=NOW)
    message = chats.unanswered(begun.id)[0]
    chats.went(account, seen.chat, "ref", message)
    with database.writing() as connection:
        here = sent.c.conversation_id == begun.id
        connection.execute(update(sent).where(here).values(problem=who.word))
    return begun.id


def by_mail(database, who):
    """They write a mail, which begins a conversation, and another that nothing becomes of; the conversation."""
    mails = MailStore(database)
    raw = f"From: {who.name} <{who.email}>\r\nSubject: {who.word}\r\n\r\n{said(who)}".encode()
    first = NewMail("digikala", "info@shop.example", f"1{who.order}", who.email, raw, who.email)
    mails.keep(first, now=NOW)
    mail = mails.take(now=NOW, lease=LEASE, limit=9)[-1]
    begun = begin(shop="digikala", lang=Lang.FA, now=NOW, channel=EMAIL)
    thread = MailThread(
        begun.id, first.address, who.email, who.name, who.word, f"<{who.order}@x.example>"
    )
    mails.begin(mail, begun, thread)
    returned = f"To: info@shop.example\r\n\r\n{who.email.upper()} is not known".encode()
    mails.keep(
        NewMail("digikala", first.address, f"2{who.order}", "daemon@mx.example", returned), now=NOW
    )
    opened = ticket(database, who, begun.id, phone=None, origin=Origin.EMAIL)
    with database.writing() as connection:
        told = {"notice": "answered", "answer": said(who)}
        outbox.put(connection, [Parcel(Carrier.MAIL, "ticket.answered", opened, told, NOW)])
        here = deliveries.c.subject == opened
        connection.execute(update(deliveries).where(here).values(problem=who.word))
    return begun.id


def photo(database, files, who, conversation, content=None):
    """A file of theirs in a conversation, whose bytes tell of them unless they are given; its id."""
    with files.draft() as draft:
        draft.write_bytes(content or f"{who.word} {who.phone}".encode())
        name, size = files.keep(draft)
    shown = Attached(new_id(), f"{who.word}.jpg", "image/jpeg", size)
    AttachmentStore(database).add(Attachment(shown, conversation, name, NOW), limit=9)
    return shown.id


def said(who):
    """A sentence of theirs."""
    return f"{who.name}: {who.word}، {who.phone}، {who.email}، سفارش {who.order}"


def everything(database, files, who, clerk):
    """They leave something in every table; their conversations."""
    site, _ = live(database, files, who, clerk)
    return {site, in_app(database, who), by_mail(database, who)}


def remembered(trackers, conversations, who):
    """What Rasa would remember of them: what they said, a slot with their phone, and its own answer."""
    with create_engine(trackers.url, future=True).begin() as connection:
        for conversation in sorted(conversations):
            for event in (
                {"event": "user", "text": said(who)},
                {"event": "slot", "name": "phone", "value": who.phone},
                {"event": "bot", "text": f"نوشتید {who.word}"},
            ):
                connection.execute(
                    text(
                        "INSERT INTO events (sender_id, type_name, timestamp, data)"
                        " VALUES (:sender, :type, 1.0, :data)"
                    ),
                    {"sender": conversation, "type": event["event"], "data": json.dumps(event)},
                )
