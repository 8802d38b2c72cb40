"""What only WhatsApp has, on the whole way: Meta's handshake, states, and the 24 hours."""

from datetime import datetime, timezone

from sqlalchemy import select

from jawab.support.apps.tables import sent
from jawab.support.conversations.message import Draft
from jawab.text.language import Lang

from ...fakes import whatsapp as fake_whatsapp
from ...unit.desk.running import eventually
from ..apps import only
from ..conftest import transcript

pytestmark = only("whatsapp")


def reference(desk, answer):
    """The name that the app gave to an answer, as soon as the desk knows it; others' messages go out at the same time."""
    named = select(sent.c.reference).where(sent.c.message_id == answer.id)

    def known():
        with desk.services.database.reading() as connection:
            return connection.execute(named).scalar()

    return eventually(known)


def test_meta_is_answered_when_it_asks_whether_the_address_is_ours(app, sara, desk):
    asked = {
        "hub.mode": "subscribe",
        "hub.verify_token": fake_whatsapp.VERIFY,
        "hub.challenge": "1158201444",
    }
    address = f"{desk.url}/channels/whatsapp"
    assert desk.http.get(address, params=asked).text == "1158201444"
    refused = desk.http.get(address, params={**asked, "hub.verify_token": "x"})
    assert (refused.status_code, refused.content) == (403, b"")


def test_a_failure_that_whatsapp_reports_afterwards_stands_at_the_message(app, sara, desk):
    sara.say("سلام")
    eventually(lambda: sara.texts)
    answer = transcript(desk, sara)[-1]
    failed = {
        "id": reference(desk, answer),
        "status": "failed",
        "recipient_id": sara.chat,
        "errors": [{"code": 131047}],
    }
    sara.bring(fake_whatsapp.webhook(statuses=[failed]))
    undelivered = desk.services.channels.chats.undelivered
    eventually(lambda: undelivered(answer.conversation_id) == {answer.id: "the 24 hours are over"})


def test_an_answer_after_a_day_waits_for_the_shopper_and_comes_first(app, serve, rasa):
    desk = serve(app)
    sara = app.customer()
    sara.say("سلام")
    eventually(lambda: len(sara.texts) == 1)
    app.server.window_open = False
    id = transcript(desk, sara)[0].conversation_id
    for text in ("پاسخ دیرهنگام", "و یکی دیگر"):
        desk.services.channels.chats.note(
            id,
            client_id=text,
            text="",
            reply=Draft(text, Lang.FA),
            now=datetime.now(timezone.utc),
        )
    desk.services.channels.courier.wake()
    eventually(lambda: [each["type"] for each in sara.said] == ["text", "template"])
    app.server.window_open = True
    sara.say("برگشتم")
    eventually(lambda: len(sara.said) == 5)
    assert sara.texts[2:] == ["پاسخ دیرهنگام", "و یکی دیگر", "پاسخ: برگشتم"]
    desk.stop()


def test_what_whatsapp_delivered_and_the_shopper_read_is_kept_at_the_message(app, sara, desk):
    sara.say("سلام")
    eventually(lambda: sara.texts)
    answer = transcript(desk, sara)[-1]
    name = reference(desk, answer)
    states = desk.services.channels.chats.states

    def tell(state):
        status = {"id": name, "status": state, "recipient_id": sara.chat}
        sara.bring(fake_whatsapp.webhook(statuses=[status]))

    tell("sent")
    tell("read")
    eventually(lambda: states(answer.conversation_id) == {answer.id: "read"})
    tell("delivered")  # late
    sara.say("ممنون")
    eventually(lambda: len(sara.texts) == 2)
    assert states(answer.conversation_id) == {answer.id: "read"}
