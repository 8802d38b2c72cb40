"""Shoppers who wait for a person, in a store."""

from datetime import datetime, timedelta, timezone

from jawab.support.conversations.conversation import begin
from jawab.support.conversations.message import Arrival, Draft
from jawab.support.handovers.handover import Reason
from jawab.support.handovers.statements import Call
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, 30, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
PRESENCE = timedelta(seconds=60)
PASSWORD = "صندلی-سبز-پنجره"


def said(handover, standing):
    return Draft(f"{handover.state.value} {standing.place}", handover.lang)


def called(store, *, at=NOW, shop="souq", reason=Reason.ASKED):
    """A conversation whose shopper waits for a person."""
    conversation = begin(shop=shop, lang=Lang.AR, now=at)
    store.open_conversation(conversation, Draft("أهلا", Lang.AR))
    message = store.accept(conversation.id, Arrival("c", text="أريد موظفًا"), now=at).message
    turn = store.turn(message.id).sent()
    store.keep(turn)
    call = Call(reason, said, PRESENCE)
    store.finish(turn.answered({}), (Draft("حالًا", Lang.AR),), now=at, call=call)
    return conversation.id


def texts(store, chat):
    return [m.text for m in store.messages_after(chat, 0, limit=1000)]


def write(store, chat, text, *, at=NOW):
    return store.accept(chat, Arrival(f"c-{text}", text=text), now=at).message
