"""What the shop says in any app: all of it, in order, at least once, whatever becomes of the app meanwhile."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import select

from jawab.support.agents.agent import NewAgent, Role
from jawab.support.deliveries.delivery import Carrier
from jawab.support.deliveries.tables import deliveries

from ...unit.desk.colleague import PASSWORD, Colleague
from ...unit.desk.running import Running, eventually
from ..apps import POLLED, TYPING, only
from ..conftest import chat_of, said, transcript


def test_a_long_answer_comes_in_parts_and_in_order(sara, rasa):
    line = "این یک جملهٔ بلند است. " * 240
    rasa.reply = lambda q: [
        {"text": line, "buttons": [{"title": "بله", "payload": "x"}]},
        {"custom": rasa.custom(q)},
    ]
    sara.say("بگو")
    eventually(lambda: sara.buttons)
    assert " ".join(sara.texts).split() == line.split()
    assert len(sara.texts) > 1
    assert list(sara.buttons) == ["بله"]


@pytest.mark.parametrize("trouble", ["too many", "server error", "page"])
def test_what_did_not_get_through_comes_later_and_in_order(app, sara, desk, rasa, trouble):
    app.then(trouble)
    sara.say("یک")
    sara.say("دو")
    eventually(lambda: len(sara.texts) == 2)
    assert sara.texts == ["پاسخ: یک", "پاسخ: دو"]
    assert tries(desk, sara) == 2


def test_a_lost_answer_sends_again_rather_than_never(app, sara, rasa):
    app.then("lost")
    sara.say("یک")
    eventually(lambda: sara.texts == ["پاسخ: یک", "پاسخ: یک"])


def test_an_app_that_does_not_answer_is_tried_again_and_in_order(app, serve, rasa):
    desk = serve(app, channel_timeout=0.5)
    sara = app.customer()
    app.then("hang")
    sara.say("یک")
    sara.say("دو")
    eventually(lambda: sara.texts == ["پاسخ: یک", "پاسخ: دو"])
    assert tries(desk, sara) == 2


def test_an_app_that_cannot_be_reached_is_tried_until_it_can(app, serve, rasa):
    with ExitStack() as first:
        address = first.enter_context(Running(app.server.app)).url
    desk = serve(app, base_url=address)
    sara = app.customer()
    sara.say("یک")
    eventually(lambda: tries(desk, sara) > 1)
    assert sara.texts == []
    with Running(app.server.app, port=int(address.rpartition(":")[2])):
        eventually(lambda: sara.texts == ["پاسخ: یک"])
        desk.stop()


def tries(desk, customer):
    """How often the first answer in this chat was tried."""
    chat = chat_of(desk, customer)
    if chat is None:
        return 0
    theirs = select(deliveries.c.attempts).where(
        deliveries.c.subject == chat.conversation_id,
        deliveries.c.carrier == Carrier.CHANNEL.value,
    )
    with desk.services.database.reading() as connection:
        return connection.execute(theirs.order_by(deliveries.c.id)).scalar() or 0


def test_who_wants_no_more_gets_none_and_agents_see_it(app, sara, desk, rasa):
    app.server.blocked.add(sara.chat)
    sara.say("سلام")
    undelivered = desk.services.channels.chats.undelivered
    eventually(lambda: len(transcript(desk, sara)) == 2)
    message = transcript(desk, sara)[-1]
    eventually(lambda: undelivered(message.conversation_id) == {message.id: app.blocked})
    shown = owner(app, desk).get(f"/conversations/{message.conversation_id}")["messages"]
    assert [one["undelivered"] for one in shown] == [None, app.blocked]
    assert [one["fate"] for one in shown] == [None, "undelivered"]
    app.server.blocked.clear()
    sara.say("برگشتم")
    eventually(lambda: sara.texts == ["پاسخ: برگشتم"])


def owner(app, desk):
    services, now = desk.services, desk.services.clock()
    id = services.agents.add(
        NewAgent(f"owner-{app.name}", "سارا", Role.OWNER), PASSWORD, now=now
    ).id
    token = services.agents.open_session(id, now=now, lifetime=timedelta(hours=1))
    return Colleague(desk, id, token)


@only(*TYPING)
def test_typing_is_shown_while_the_bot_thinks(app, sara, rasa):
    sara.say("سلام")
    eventually(lambda: sara.texts)
    eventually(lambda: app.typed_to(sara))


def test_a_desk_that_was_away_hears_and_says_everything(app, serve, rasa):
    desk = serve(app)
    sara = app.customer()
    app.then(*["server error"] * 8)
    sara.say("یک")
    eventually(lambda: len(transcript(desk, sara)) == 2)
    desk.stop()
    app.mended()
    assert sara.texts == []
    serve(app)
    eventually(lambda: sara.texts == ["پاسخ: یک"])


@only(*POLLED)
def test_polling_hears_each_update_once(app, serve, rasa):
    desk = serve(app, updates="poll")
    sara = app.customer()
    for text in ("یک", "دو", "سه"):
        sara.say(text)
    eventually(lambda: len(sara.texts) == 3)
    eventually(lambda: not app.waiting())  # the offset told that they are stored
    desk.stop()
    again = serve(app, updates="poll")
    sara.say("چهار")
    eventually(lambda: len(sara.texts) == 4)
    assert said(again, sara) == ["یک", "دو", "سه", "چهار"]
