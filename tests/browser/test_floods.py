"""A shopper who writes faster than the desk takes it waits a moment and loses nothing."""

import pytest

from .desk_and_shop import Desk

TEXTS = ["یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت"]


@pytest.fixture
def desk(tmp_path, _rasa_server, rasa, knowledge, site):
    settings = {"allowed_origins": (site,), "requests_per_conversation": "4/2 seconds"}
    desk = Desk(tmp_path, _rasa_server.url, knowledge, settings)
    yield desk
    desk.stop()


def test_messages_refused_for_their_number_are_sent_again_in_order_and_once(visit, rasa):
    shopper = visit()
    refused = []
    shopper.page.on(
        "response",
        lambda answer: (
            refused.append(answer.headers["retry-after"]) if answer.status == 429 else None
        ),
    )
    for text in TEXTS:
        shopper.say(text)
    for text in TEXTS:
        shopper.answered(text)
    assert refused, "the desk took everything at once: there was no flood"
    assert shopper.texts("shopper") == TEXTS
    assert rasa.texts == TEXTS
    assert shopper.find(".message.failed").count() == 0
