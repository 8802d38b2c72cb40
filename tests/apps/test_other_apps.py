"""Apps with interfaces of their own, WhatsApp and Rubika, on the whole way: their fake servers, a desk, a fake Rasa."""

import itertools
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import pytest
from sqlalchemy import select

from jawab.channels import accounts
from jawab.support.channel_tables import chats
from jawab.support.message import Author, Draft
from jawab.text.language import Lang

from ..fakes import rubika as fake_rubika
from ..fakes import whatsapp as fake_whatsapp
from ..unit.desk.pictures import photo
from ..unit.desk.running import Desk, Running, eventually
from .conftest import SETTINGS

_numbers = itertools.count(989120000000)


@dataclass
class OtherApp:
    """An app's fake server, the account of it that the desk has, and its shoppers."""

    name: str
    server: Any
    account: dict
    make: Any
    path: str = ""

    def customer(self, desk, **more):
        hook = f"{desk.url}/channels/{self.name}{self.path}" if desk else None
        return self.make(self.server, hook, next(_numbers), **more)


def whatsapp(url):
    return {
        "app": "whatsapp",
        "shop": "digikala",
        "token": fake_whatsapp.TOKEN,
        "app_secret": fake_whatsapp.APP_SECRET,
        "verify_token": fake_whatsapp.VERIFY,
        "phone_id": fake_whatsapp.PHONE,
        "template": "answer_waiting",
        "base_url": url,
    }


def rubika(url):
    return {
        "app": "rubika",
        "shop": "digikala",
        "token": fake_rubika.TOKEN,
        "secret": fake_rubika.SECRET,
        "username": "jawab_bot",
        "base_url": url,
    }


@pytest.fixture(scope="module")
def others():
    with ExitStack() as stack:
        cloud, api = fake_whatsapp.FakeWhatsApp(), fake_rubika.FakeRubika()
        cloud.url = stack.enter_context(Running(cloud.app)).url
        api.url = stack.enter_context(Running(api.app)).url
        yield {
            "whatsapp": OtherApp(
                "whatsapp", cloud, whatsapp(cloud.url), fake_whatsapp.WhatsAppCustomer
            ),
            "rubika": OtherApp(
                "rubika",
                api,
                rubika(api.url),
                fake_rubika.RubikaCustomer,
                path=f"/{fake_rubika.SECRET}",
            ),
        }


@pytest.fixture(scope="module")
def _desk(others, _rasa_server, knowledge, tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    path = folder / "channels.yml"
    accounts.write(path, {name: app.account for name, app in others.items()})
    desk = Desk(folder, _rasa_server.url, knowledge, {**SETTINGS, "channels_file": path})
    yield desk
    desk.stop()


@pytest.fixture(params=["whatsapp", "rubika"])
def app(request, others):
    app = others[request.param]
    app.server.reset()
    return app


@pytest.fixture
def desk(_desk, rasa):
    return _desk


@pytest.fixture
def sara(app, desk):
    return app.customer(desk)


def transcript(desk, customer):
    with desk.services.database.reading() as connection:
        query = select(chats.c.conversation_id).where(chats.c.chat == customer.chat)
        found = connection.execute(query).scalar()
    return [] if found is None else list(desk.store.messages_after(found, 0, limit=200))


def said(desk, customer, author=Author.SHOPPER):
    return [message.text for message in transcript(desk, customer) if message.author is author]


def test_a_question_is_answered_in_the_chat(sara, desk):
    sara.say("چطوری کالا رو مرجوع کنم؟")
    eventually(lambda: sara.texts == ["پاسخ: چطوری کالا رو مرجوع کنم؟"])
    assert sara.statuses == [200]
    assert said(desk, sara) == ["چطوری کالا رو مرجوع کنم؟"]


def test_start_greets_with_choices_and_one_is_taken(sara, rasa):
    sara.start()
    eventually(lambda: sara.texts)
    assert "خوش آمدید" in sara.texts[0]
    if not sara.buttons:  # wordier than the app's buttons may be: a numbered list
        assert "\n۱. " in sara.texts[0]
        title = sara.texts[0].split("\n۱. ")[1].split("\n")[0]
        sara.say("١")
    else:
        title, button = next(iter(sara.buttons.items()))
        sara.press(button)
    eventually(lambda: len(sara.texts) == 2)
    assert sara.texts[1] == f"پاسخ: {title}"


def test_an_update_that_comes_again_does_nothing_again(sara, desk):
    sara.say("سلام")
    for _ in range(3):
        assert sara.post(sara.last) == 200
    sara.say("خداحافظ")
    eventually(lambda: len(sara.texts) == 2)
    assert said(desk, sara) == ["سلام", "خداحافظ"]


def test_who_has_not_the_secret_gets_no_word(app, sara, desk):
    sara.say("سلام")
    assert sara.post(sara.last.replace("سلام".encode(), "درود".encode()), wrong=True) == 403
    for path in ("", "/x", f"{app.path}/elsewhere"):
        answer = desk.http.post(f"{desk.url}/channels/{app.name}{path}", content=sara.last)
        assert (answer.status_code, answer.content) == (403, b"")
    eventually(lambda: sara.texts)
    assert said(desk, sara) == ["سلام"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 5000, b'{"update":3}']
)
def test_what_cannot_be_read_is_taken_and_left(sara, body):
    assert sara.post(body) == 200


@pytest.mark.parametrize(
    ("verb", "noted"),
    [("sticker", "استیکر"), ("location", "35.70000, 51.40000"), ("odd", "خوانده")],
)
def test_what_is_no_question_is_noted_and_answered_politely(sara, desk, rasa, verb, noted):
    getattr(sara, verb)()
    eventually(lambda: sara.texts)
    assert noted in said(desk, sara)[0]
    assert rasa.asked == []


def test_an_edited_and_a_deleted_message_are_noted_as_such(sara, desk, rasa):
    id = sara.say("سفارش من کجاست")
    eventually(lambda: len(sara.texts) == 1)
    sara.edit(id, "سفارش ۱۲۳ من کجاست")
    eventually(lambda: len(sara.texts) == 2)
    sara.remove(id)
    eventually(lambda: len(said(desk, sara)) == 3)
    assert said(desk, sara)[1:] == [
        "〔پیامش را ویرایش کرد〕 سفارش ۱۲۳ من کجاست",
        "〔یکی از پیام‌هایش را پاک کرد〕",
    ]
    assert len(rasa.asked) == 1


def test_a_photo_comes_with_its_caption_as_one_message(sara, desk, rasa):
    sara.photo(photo(), caption="این شکسته")
    eventually(lambda: sara.texts)
    (message,) = [m for m in transcript(desk, sara) if m.author is Author.SHOPPER]
    assert message.text == "این شکسته"
    assert [file.type for file in message.attachments] == ["image/jpeg"]


TROUBLES = {
    "whatsapp": [131000, (429, b"wait", {"retry-after": "1"}), (502, b"<html>")],
    "rubika": ["ERROR_GENERIC", (429, b"wait"), (502, b"<html>")],
}


@pytest.mark.parametrize("trouble", range(3))
def test_what_did_not_get_through_comes_later_and_in_order(app, sara, rasa, trouble):
    app.server.then(TROUBLES[app.name][trouble])
    sara.say("یک")
    sara.say("دو")
    eventually(lambda: sara.texts == ["پاسخ: یک", "پاسخ: دو"])


@pytest.mark.parametrize(
    ("name", "refusal", "problem"),
    [
        ("whatsapp", 131026, "not reachable on WhatsApp"),
        ("rubika", "INVALID_ACCESS", "no access to this chat"),
    ],
)
def test_what_never_arrives_is_known_to_the_desk(others, desk, name, refusal, problem):
    app = others[name]
    app.server.reset()
    sara = app.customer(desk)
    # Also the words that the app should show typing are refused, if it is asked to.
    app.server.then(refusal, refusal)
    sara.say("سلام")
    undelivered = desk.services.channels.chats.undelivered
    eventually(lambda: len(transcript(desk, sara)) == 2)
    message = transcript(desk, sara)[-1]
    eventually(lambda: undelivered(message.conversation_id) == {message.id: problem})


@pytest.fixture
def cloud(others):
    others["whatsapp"].server.reset()
    return others["whatsapp"]


def test_meta_is_answered_when_it_asks_whether_the_address_is_ours(cloud, desk):
    asked = {
        "hub.mode": "subscribe",
        "hub.verify_token": fake_whatsapp.VERIFY,
        "hub.challenge": "1158201444",
    }
    address = f"{desk.url}/channels/whatsapp"
    assert desk.http.get(address, params=asked).text == "1158201444"
    refused = desk.http.get(address, params={**asked, "hub.verify_token": "x"})
    assert (refused.status_code, refused.content) == (403, b"")


def test_a_failure_that_whatsapp_reports_afterwards_stands_at_the_message(cloud, desk):
    sara = cloud.customer(desk)
    sara.say("سلام")
    eventually(lambda: sara.texts)
    answer = transcript(desk, sara)[-1]
    references = f"wamid.OUT{next(cloud.server._ids) - 1}"
    failed = {
        "id": references,
        "status": "failed",
        "recipient_id": sara.chat,
        "errors": [{"code": 131047}],
    }
    sara.bring(fake_whatsapp.webhook(statuses=[failed]))
    undelivered = desk.services.channels.chats.undelivered
    eventually(lambda: undelivered(answer.conversation_id) == {answer.id: "the 24 hours are over"})


def test_an_answer_after_a_day_waits_for_the_shopper_and_comes_first(
    cloud, start_desk, tmp_path, rasa
):
    path = tmp_path / "channels.yml"
    accounts.write(path, {"whatsapp": cloud.account})
    desk = start_desk(**SETTINGS, channels_file=path)
    sara = cloud.customer(desk)
    sara.say("سلام")
    eventually(lambda: len(sara.texts) == 1)
    cloud.server.window_open = False
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
    cloud.server.window_open = True
    sara.say("برگشتم")
    eventually(lambda: len(sara.said) == 5)
    assert sara.texts[2:] == ["پاسخ دیرهنگام", "و یکی دیگر", "پاسخ: برگشتم"]
    desk.stop()


def test_polling_rubika_hears_each_update_once(others, start_desk, tmp_path, rasa):
    app = others["rubika"]
    app.server.reset()
    path = tmp_path / "channels.yml"
    accounts.write(path, {"rubika": {**app.account, "updates": "poll"}})
    desk = start_desk(**SETTINGS, channels_file=path)
    sara = app.customer(None)
    for text in ("یک", "دو"):
        sara.say(text)
    eventually(lambda: len(sara.texts) == 2)
    assert set(app.server.endpoints.values()) == {""}
    desk.stop()
    again = start_desk(**SETTINGS, channels_file=path)
    sara.say("سه")
    eventually(lambda: len(sara.texts) == 3)
    assert said(again, sara) == ["یک", "دو", "سه"]


def test_both_ways_of_pressing_a_rubika_button_are_heard(others, desk, rasa):
    app = others["rubika"]
    app.server.reset()
    sara = app.customer(desk)
    sara.start("order-77")
    eventually(lambda: sara.buttons)
    chat = desk.services.channels.chats.of_conversation(transcript(desk, sara)[0].conversation_id)
    assert chat.payload == "order-77"
    title, button = next(iter(sara.buttons.items()))
    sara.press_inline(button)
    sara.press_inline(button)
    eventually(lambda: len(sara.texts) == 2)
    assert sara.texts[1] == f"پاسخ: {title}"
    assert sara.statuses == [200] * 3


def test_a_rubika_group_is_heard_only_where_we_are_meant(others, desk, rasa):
    app = others["rubika"]
    app.server.reset()
    group = app.customer(desk, group=True)
    group.say("فردا میاید؟")
    group.say("@jawab_bot ساعت کاری؟")
    eventually(lambda: group.texts == ["پاسخ: ساعت کاری؟"])
    assert said(desk, group) == ["ساعت کاری؟"]


def test_what_whatsapp_delivered_and_the_shopper_read_is_kept_at_the_message(cloud, desk):
    sara = cloud.customer(desk)
    sara.say("سلام")
    eventually(lambda: sara.texts)
    answer = transcript(desk, sara)[-1]
    reference = f"wamid.OUT{next(cloud.server._ids) - 1}"
    states = desk.services.channels.chats.states

    def tell(state):
        status = {"id": reference, "status": state, "recipient_id": sara.chat}
        sara.bring(fake_whatsapp.webhook(statuses=[status]))

    tell("sent")
    tell("read")
    eventually(lambda: states(answer.conversation_id) == {answer.id: "read"})
    tell("delivered")  # late
    sara.say("ممنون")
    eventually(lambda: len(sara.texts) == 2)
    assert states(answer.conversation_id) == {answer.id: "read"}
