"""Shoppers whom the shop knows: the widget says who they are, and shows nobody another's conversation."""

import time

import pytest

from jawab.support.persons.identity import sign

from .desk_and_shop import Desk

SECRET = "s" * 32


@pytest.fixture
def desk(tmp_path, _rasa_server, rasa, knowledge, site):
    settings = {"allowed_origins": (site,), "identity_secrets": {"souq": SECRET}}
    desk = Desk(tmp_path, _rasa_server.url, knowledge, settings)
    yield desk
    desk.stop()


def as_user(user, **more):
    expires = int(time.time()) + 3600
    signature = sign(user, expires, shop="souq", secret=SECRET)
    return {
        "shop": "souq",
        "lang": "ar",
        "user": user,
        "user-expires": str(expires),
        "user-signature": signature,
        **more,
    }


def test_each_user_of_a_device_has_a_conversation_of_their_own(visit, desk):
    first = visit(**as_user("4711"))
    first.ask("سؤال الأول")
    second = visit(**as_user("4712"), context=first.context)
    assert second.texts("shopper") == []
    second.ask("سؤال الثاني")
    again = visit(**as_user("4711"), context=first.context)
    assert again.texts("shopper") == ["سؤال الأول"]


def test_who_is_not_signed_reads_why(visit):
    shopper = visit(**as_user("4711", **{"user-signature": "0" * 64}), open=False)
    shopper.launcher.click()
    shopper.find(".notice", "تعذّر التحقق من هويتكم").wait_for()
