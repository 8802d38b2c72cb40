"""What is offered can be taken in the way that comes natural in each app, and goes when its time is over."""

import pytest

from ...fakes.phones.apps import APPS
from ...unit.desk.running import eventually
from .conftest import titles

SCALE = ("۱ – ناراضی", "۲ – معمولی", "۳ – راضی")
STOP = "منتظر نمی‌مانم"


@pytest.fixture
def offering(rasa, served):
    """A bot that offers a scale for "نظر", a way out and a word after it for "صف", and nothing else."""

    def reply(question):
        said, custom = question["message"], {"custom": rasa.custom(question)}
        if said == "نظر":
            buttons = [{"title": each, "payload": "x", "rating": each[0]} for each in SCALE]
            return [{"text": "چطور بود؟", "buttons": buttons}, custom]
        if said == "صف":
            way_out = {"title": STOP, "payload": "x"}
            return [{"text": "نوبت شما ۱", "buttons": [way_out]}, {"text": "بنویسید"}, custom]
        return [{"text": "باشد"}, custom]

    rasa.reply = reply
    return rasa


@pytest.mark.parametrize("written", ["3", "۳", "٣.", "۳ – راضی"])
@pytest.mark.parametrize("app", APPS)
def test_the_number_on_a_button_presses_it(apps, offering, app, written):
    phone = apps.phone(app)
    phone.say("نظر")
    eventually(lambda: titles(phone.choices) == [*SCALE])
    phone.say(written)
    eventually(lambda: phone.texts == ["چطور بود؟", "باشد"])
    assert offering.asked[-1]["metadata"]["button"] == {"rating": "۳"}
    assert offering.texts[-1] == SCALE[2]


@pytest.mark.parametrize("app", APPS)
def test_a_number_that_no_button_bears_is_a_word_like_any_other(apps, offering, app):
    phone = apps.phone(app)
    phone.say("نظر")
    eventually(lambda: titles(phone.choices) == [*SCALE])
    phone.say("4")
    eventually(lambda: phone.texts == ["چطور بود؟", "باشد"])
    assert offering.texts[-1] == "4"


def test_rubikas_keypad_outlasts_its_turn_no_longer_than_to_the_next_words(apps, served, offering):
    phone = apps.phone("rubika")
    phone.say("صف")
    eventually(lambda: phone.texts == ["نوبت شما ۱", "بنویسید"])
    assert titles(phone.keypad) == [STOP]
    phone.say("سفارش ۱۲۳")
    eventually(lambda: phone.texts[-1] == "باشد")
    assert [each.get("chat_keypad_type") for each in phone.customer.said] == ["New", None, "Remove"]
