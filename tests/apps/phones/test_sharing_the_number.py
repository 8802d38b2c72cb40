"""The question for the phone, in apps with a key that shares one's own number."""

import pytest

from ...fakes.phones.apps import APPS
from ...unit.desk.running import eventually
from ..conftest import transcript
from .conftest import titles

KEY = "ارسال شماره موبایل من"
ASKING = ("telegram", "bale", "rubika")
VOUCHING = ("telegram", "bale")  # Rubika does not say whose number it is
FORM = {"id": "ticket", "step": 4, "steps": 6, "optional": True}


@pytest.fixture
def asking(rasa, served):
    """A bot that asks for a phone, then for an e-mail, then for nothing."""

    def reply(question):
        said = question["message"]
        field, input = ("phone", "tel") if said == "تیکت" else ("email", "email")
        skip = [{"title": "ندارم", "payload": "x", "ticket": "skip"}]
        if said == "ندارم ممنون":
            return [{"text": "ثبت شد"}, {"custom": rasa.custom(question)}]
        form = {**FORM, "field": field, "input": input}
        asked = {"text": f"{field}؟", "buttons": skip}
        return [asked, {"custom": rasa.custom(question, form=form)}]

    rasa.reply = reply
    return rasa


@pytest.mark.parametrize("app", ASKING)
def test_one_tap_answers_the_question_for_the_phone(apps, served, asking, app):
    phone = apps.phone(app)
    phone.say("تیکت")
    eventually(lambda: titles(phone.keypad) == [KEY, "ندارم"])
    assert phone.entries[-1].choices == ()
    phone.tap(phone.keypad[0].id)
    eventually(lambda: phone.texts == ["phone؟", "email؟"])
    assert asking.texts[-1] == "+989121234567"
    conversation = transcript(served, phone.customer)[0].conversation_id
    chat = served.services.channels.chats.of_conversation(conversation)
    assert chat.phone == "+989121234567"
    assert chat.phone_verified is (app in VOUCHING)


@pytest.mark.parametrize("app", ASKING)
def test_the_key_goes_when_a_number_was_typed_instead(apps, asking, app):
    phone = apps.phone(app)
    phone.say("تیکت")
    eventually(lambda: KEY in titles(phone.keypad))
    phone.say("۰۹۱۲۱۲۳۴۵۶۷")
    eventually(lambda: phone.texts[-1] == "email؟")
    assert titles(phone.choices) == ["ندارم"]
    phone.say("ندارم ممنون")
    eventually(lambda: phone.texts[-1] == "ثبت شد")
    assert phone.keypad == ()


@pytest.mark.parametrize("app", ASKING)
def test_the_other_key_is_the_buttons_own(apps, served, asking, app):
    phone = apps.phone(app)
    phone.say("تیکت")
    eventually(lambda: titles(phone.keypad) == [KEY, "ندارم"])
    phone.tap(phone.keypad[1].id)
    eventually(lambda: phone.texts == ["phone؟", "email؟"])
    assert asking.asked[-1]["metadata"]["button"] == {"ticket": "skip"}


@pytest.mark.parametrize("app", ASKING)
def test_somebody_elses_number_answers_and_proves_nothing(apps, served, asking, app):
    phone = apps.phone(app)
    phone.say("تیکت")
    eventually(lambda: KEY in titles(phone.keypad))
    phone.share_number("989350000000")
    eventually(lambda: phone.texts == ["phone؟", "email؟"])
    assert asking.texts[-1] == "+989350000000"
    conversation = transcript(served, phone.customer)[0].conversation_id
    assert not served.services.channels.chats.of_conversation(conversation).phone_verified


def test_whatsapp_has_no_such_key(apps, asking):
    phone = apps.phone("whatsapp")
    phone.say("تیکت")
    eventually(lambda: phone.texts == ["phone؟"])
    assert titles(phone.choices) == ["ندارم"]


@pytest.mark.parametrize("app", APPS)
def test_a_buttons_own_words_press_it_in_every_app(apps, asking, app):
    phone = apps.phone(app)
    phone.say("تیکت")
    eventually(lambda: phone.texts == ["phone؟"])
    phone.say("ندارم ")
    eventually(lambda: phone.texts == ["phone؟", "email؟"])
    assert asking.asked[-1]["metadata"]["button"] == {"ticket": "skip"}


def test_a_group_is_not_asked_by_a_key(apps, served, asking):
    group = apps.servers["telegram"].customer(-77, group=True)
    group.say("@jawab_bot تیکت")
    eventually(lambda: group.texts == ["phone؟"])
    assert list(group.buttons) == ["ندارم"]
