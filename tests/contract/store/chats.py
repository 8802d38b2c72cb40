"""What the tests of the store keep in it."""

from datetime import datetime, timezone

from jawab.support.attachments.attachment import Attached, Attachment, new_id
from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Choice, Draft, Form
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, 456000, tzinfo=timezone.utc)


MIXED = "سلام 👋 a\u200cb"


FORM = Form("ticket", "phone", "tel", 3, 7)


def opened(store):
    conversation = begin(shop="digikala", lang=Lang.FA, now=NOW)
    choices = (
        Choice("مرجوعی", {"intent": "returns_how"}),
        Choice("ساعت", {"intent": "contact_hours"}),
    )
    store.open_conversation(conversation, Draft("سلام", Lang.FA, choices))
    return conversation.id


def say(store, chat, text, client_id=None):
    return store.accept(chat, Arrival(client_id or f"c-{text}", text=text), now=NOW).message


def sent(store, message):
    turn = store.turn(message.id).sent()
    assert store.keep(turn)
    return turn


def texts(store, chat, after=0):
    return [m.text for m in store.messages_after(chat, after, limit=1000)]


def taken(files, chat, name="عکس.jpg"):
    shown = Attached(new_id(), name, "image/jpeg", 1234)
    files.add(Attachment(shown, chat, "a" * 64, NOW), limit=5)
    return shown
